/** What each route of the treasury does: read what was sent, have it approved, then do exactly that. */
import type { SignedMessage } from '../../treasury.js';
import type { TreasuryGuard } from './guard.js';
import { nameOf } from './payees.js';
import { readAddress, readDelegate, readMessage, readOrder, readWaitingId } from './readBody.js';
import { answer, TreasuryRefusal } from './refusal.js';
import { asSeenFrom, preparedFor, type Treasury } from './Treasury.js';

export type Handler = (request: Request, guard: TreasuryGuard) => Promise<Response>;

const RESHARE = 'wallet.waas.reshare';

export const readAccount =
  (treasury: Treasury): Handler =>
  async (request, guard) => {
    const check = await guard.requireSession(request);
    if (!check.ok) return check.response;
    const { userId } = check.session;
    const left = await guard.waiting.list(userId);
    const waiting = left
      .filter(({ action }) => action === RESHARE)
      .map(({ id, summary }) => ({ id, summary: summary ?? 'The key waits to be dealt anew' }));
    return answer(treasury.read(userId, waiting));
  };

export const signMessage =
  ({ vault }: Treasury): Handler =>
  async (request, guard) => {
    const message = await readMessage(request);
    const check = await guard.requireMfa(request, { action: 'wallet.waas.sign' });
    if (!check.ok) return check.response;
    const signer = vault.signerOf(check.mfa.userId);
    const signed: SignedMessage = {
      message,
      address: signer.address,
      signature: await signer.signMessage({ message }),
    };
    return answer(signed);
  };

export const send =
  (treasury: Treasury): Handler =>
  async (request, guard) => {
    const order = await readOrder(request);
    // Nobody is asked to approve what could not be booked.
    const signedIn = await guard.requireSession(request);
    if (!signedIn.ok) return signedIn.response;
    const { vault, ledger } = treasury;
    ledger.demandFunds(treasury.visit(signedIn.session.userId).address, BigInt(order.amount));
    const check = await guard.requireMfa(request, {
      action: 'treasury.transfer',
      payload: { ...order },
      summary: `Send ${inMarks(order.amount)} to ${nameOf(order.to)}`,
    });
    if (!check.ok) return check.response;
    const signer = vault.signerOf(check.mfa.userId);
    const entry = await ledger.pay(signer, { ...order, amount: BigInt(order.amount) });
    return answer(asSeenFrom(signer.address, entry), 201);
  };

export const exportKey =
  ({ vault }: Treasury): Handler =>
  async (request, guard) => {
    const check = await guard.requireMfa(request, { action: 'wallet.waas.export', summary: 'Export the private key' });
    if (!check.ok) return check.response;
    return answer({ privateKey: vault.reveal(check.mfa.userId) });
  };

export const approveDelegate =
  ({ delegates }: Treasury): Handler =>
  async (request, guard) => {
    const wanted = await readDelegate(request);
    const signedIn = await guard.requireSession(request);
    if (!signedIn.ok) return signedIn.response;
    delegates.demandRoomFor(signedIn.session.userId, wanted.address);
    const check = await guard.requireMfa(request, {
      action: RESHARE,
      payload: { change: 'approve', ...wanted },
      summary: `Approve ${wanted.label} as a delegate`,
    });
    if (!check.ok) return check.response;
    const { userId } = check.mfa;
    delegates.approve(userId, wanted);
    const summary = `Deal ${wanted.label} a share of the key`;
    await guard.waiting.leave(userId, { action: RESHARE, subject: wanted.address, summary });
    return answer({}, 201);
  };

export const revokeDelegate =
  ({ delegates }: Treasury): Handler =>
  async (request, guard) => {
    const address = readAddress(new URL(request.url).pathname.split('/').at(-1));
    const signedIn = await guard.requireSession(request);
    if (!signedIn.ok) return signedIn.response;
    const { label } = delegates.find(signedIn.session.userId, address);
    const check = await guard.requireMfa(request, {
      action: RESHARE,
      payload: { change: 'revoke', address },
      summary: `Revoke ${label}`,
    });
    if (!check.ok) return check.response;
    const { userId } = check.mfa;
    delegates.revoke(userId, address);
    const summary = `Deal the key anew without ${label}`;
    await guard.waiting.leave(userId, { action: RESHARE, subject: address, summary });
    return answer({});
  };

export const reshare =
  ({ vault, delegates }: Treasury): Handler =>
  async (request, guard) => {
    const id = await readWaitingId(request);
    const signedIn = await guard.requireSession(request);
    if (!signedIn.ok) return signedIn.response;
    const left = await guard.waiting.list(signedIn.session.userId);
    const reason = left.find((each) => each.id === id && each.action === RESHARE);
    if (!reason) throw new TreasuryRefusal(404, 'not_found');
    const check = await guard.requireMfa(request, {
      action: RESHARE,
      payload: { id },
      summary: reason.summary ?? undefined,
    });
    if (!check.ok) return check.response;
    const { userId } = check.mfa;
    vault.reshare(userId);
    delegates.dealShares(userId);
    await guard.waiting.settle(userId, id);
    return answer({});
  };

export const claim =
  (treasury: Treasury): Handler =>
  async (request, guard) => {
    const signedIn = await guard.requireSession(request);
    if (!signedIn.ok) return signedIn.response;
    const { userId } = signedIn.session;
    const { vault, ledger } = treasury;
    const { address: to, prepared } = treasury.visit(userId);
    const amount = ledger.balanceOf(prepared);
    if (amount === 0n) throw new TreasuryRefusal(404, 'not_found');
    const check = await guard.requireMfa(request, {
      action: 'wallet.waas.refresh',
      summary: `Claim the prepared wallet with ${inMarks(amount)}`,
    });
    if (!check.ok) return check.response;
    const entry = await ledger.pay(vault.signerOf(preparedFor(userId)), {
      to,
      amount,
      note: 'Prepared wallet claimed',
    });
    return answer(asSeenFrom(to, entry), 201);
  };

/** 125050 → 1,250.50 HM, exactly. */
const inMarks = (cents: string | bigint): string => {
  const digits = String(cents).padStart(3, '0');
  const whole = digits.slice(0, -2).replace(/\B(?=(\d{3})+$)/g, ',');
  return `${whole}.${digits.slice(-2)} HM`;
};
