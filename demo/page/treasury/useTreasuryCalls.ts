import { type MfaProof, useMfaAction, useRefreshUser } from 'mfa-kit';
import type { Address, Hex, HistoryEntry, SignedMessage, TransferOrder } from '../../treasury.js';
import { noteChange } from './accountChanges.js';
import { answerOf, RefusedError, treasuryPath } from './answers.js';
import { type CapturedRequest, transmit } from './useWiretap.js';

/** Everything the treasury does, protected by the kit; `pass` is what carries a request to the server. */
export const useTreasuryCalls = (pass: (request: CapturedRequest) => Promise<Response> = transmit) => {
  const refreshUser = useRefreshUser();

  const request = (method: string, path: string, body: object | undefined, { headers }: MfaProof): Promise<Response> =>
    pass({
      method,
      path: treasuryPath + path,
      headers: body ? { 'content-type': 'application/json', ...headers } : { ...headers },
      body: body && JSON.stringify(body),
      hasProof: Object.keys(headers).length > 0,
    });

  const sign = useMfaAction((message: string, proof: MfaProof) => request('POST', 'sign', { message }, proof), {
    action: 'wallet.waas.sign',
  });
  const send = useMfaAction((order: TransferOrder, proof: MfaProof) => request('POST', 'send', order, proof), {
    action: 'treasury.transfer',
    payload: (order) => ({ ...order }),
  });
  const exportKey = useMfaAction((proof: MfaProof) => request('POST', 'export', {}, proof), {
    action: 'wallet.waas.export',
  });
  const approve = useMfaAction(
    (address: Address, label: string, proof: MfaProof) => request('POST', 'delegates', { address, label }, proof),
    { action: 'wallet.waas.reshare', payload: (address, label) => ({ change: 'approve', address, label }) },
  );
  const revoke = useMfaAction(
    (address: Address, proof: MfaProof) => request('DELETE', `delegates/${address}`, undefined, proof),
    { action: 'wallet.waas.reshare', payload: (address) => ({ change: 'revoke', address }) },
  );
  const reshare = useMfaAction((id: string, proof: MfaProof) => request('POST', 'reshare', { id }, proof), {
    action: 'wallet.waas.reshare',
    payload: (id) => ({ id }),
  });
  const claim = useMfaAction((proof: MfaProof) => request('POST', 'claim', {}, proof), {
    action: 'wallet.waas.refresh',
  });

  /** The kit has not seen this answer: it is told to look when the session is over, and then signs out here as well. */
  const settled = async <T>(answer: Promise<Response>): Promise<T> => {
    try {
      return await answerOf<T>(await answer);
    } catch (error) {
      if (error instanceof RefusedError && error.isSignedOut) void refreshUser().catch(() => undefined);
      throw error;
    }
  };

  const changing = async <T>(answer: Promise<Response>): Promise<T> => {
    const result = await settled<T>(answer);
    await noteChange();
    return result;
  };

  return {
    sign: (message: string) => settled<SignedMessage>(sign(message)),
    exportKey: () => settled<{ privateKey: Hex }>(exportKey()),
    send: (order: TransferOrder) => changing<HistoryEntry>(send(order)),
    approve: (address: Address, label: string) => changing<object>(approve(address, label)),
    revoke: (address: Address) => changing<object>(revoke(address)),
    reshare: (id: string) => changing<object>(reshare(id)),
    claim: () => changing<HistoryEntry>(claim()),
  };
};

export type TreasuryCalls = ReturnType<typeof useTreasuryCalls>;
