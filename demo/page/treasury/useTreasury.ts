import { type MfaProof, useMfaAction } from 'mfa-kit';
import { useCallback, useEffect, useState } from 'react';
import type { Address, Hex, HistoryEntry, SignedMessage, TransferOrder, TreasuryAccount } from '../../treasury.js';
import { RefusedError } from './refusals.js';
import { useWiretap } from './useWiretap.js';

const base = '/demo/treasury/';

/** Everything the treasury's page asks of its server; the protected calls go through the kit. */
export const useTreasury = () => {
  const { pass, ...wiretap } = useWiretap();
  const [account, setAccount] = useState<TreasuryAccount>();
  const [hasFailed, setFailed] = useState(false);

  const load = useCallback(
    (signal?: AbortSignal): Promise<void> =>
      readAccount(signal).then(
        (read) => {
          setAccount(read);
          setFailed(false);
        },
        () => {
          if (!signal?.aborted) setFailed(true);
        },
      ),
    [],
  );

  useEffect(() => {
    const leaving = new AbortController();
    void load(leaving.signal);
    return () => leaving.abort();
  }, [load]);

  const request = (method: string, path: string, body: object | undefined, { headers }: MfaProof): Promise<Response> =>
    pass({
      method,
      path: base + path,
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

  /** Reads the account again after what was done to it. */
  const changing = async <T>(answer: Promise<Response>): Promise<T> => {
    const result = await answerOf<T>(await answer);
    await load();
    return result;
  };

  return {
    account,
    hasFailed,
    load,
    wiretap,
    sign: async (message: string) => answerOf<SignedMessage>(await sign(message)),
    exportKey: async () => answerOf<{ privateKey: Hex }>(await exportKey()),
    send: (order: TransferOrder) => changing<HistoryEntry>(send(order)),
    approve: (address: Address, label: string) => changing<object>(approve(address, label)),
    revoke: (address: Address) => changing<object>(revoke(address)),
    reshare: (id: string) => changing<object>(reshare(id)),
    claim: () => changing<HistoryEntry>(claim()),
  };
};

export type UseTreasury = ReturnType<typeof useTreasury>;

const readAccount = async (signal?: AbortSignal): Promise<TreasuryAccount> =>
  answerOf(await fetch(`${base}account`, { signal }));

/** The body of a good answer; a refusal is thrown with its code. */
const answerOf = async <T>(response: Response): Promise<T> => {
  if (response.ok) return (await response.json()) as T;
  throw new RefusedError(response.status, await codeOf(response));
};

/** The code of a refusal; empty where whoever answered was not Harbor. */
export const codeOf = async (response: Response): Promise<string> => {
  try {
    const { code } = (await response.json()) as { code?: unknown };
    return typeof code === 'string' ? code : '';
  } catch {
    return '';
  }
};
