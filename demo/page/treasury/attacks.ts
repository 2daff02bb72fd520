/** What somebody with the stolen session could try, and why it does not work, in plain words. */

import { codeOf } from './answers.js';
import { type CapturedRequest, transmit } from './useWiretap.js';

export type Attack = 'again' | 'otherAmount' | 'noProof';

export interface AttackOutcome {
  attack: Attack;
  status: number;
  /** The server's own code; empty where it did as it was told. */
  code: string;
  why: string;
}

export const titles: Record<Attack, string> = {
  again: 'Replay it',
  otherAmount: 'Replay with another amount',
  noProof: 'Replay with the stolen session and no proof',
};

/** The amount of a captured transfer; undefined for any other request. */
export const amountIn = ({ body }: CapturedRequest): string | undefined => {
  const { amount } = JSON.parse(body ?? '{}') as { amount?: unknown };
  return typeof amount === 'string' ? amount : undefined;
};

/** From this very page, with the very cookie that the browser adds by itself. No prompt opens: the attacker has no factor. */
export const carryOut = async (attack: Attack, captured: CapturedRequest, balance: string): Promise<AttackOutcome> => {
  const response = await transmit(forge(attack, captured, BigInt(balance)));
  const { status, ok } = response;
  const code = ok ? '' : await codeOf(response);
  return { attack, status, code, why: ok ? whyAccepted(attack, captured) : whyRefused(attack, code) };
};

const forge = (attack: Attack, captured: CapturedRequest, balance: bigint): CapturedRequest => {
  switch (attack) {
    case 'again':
      return captured;
    case 'noProof': {
      const type = captured.headers['content-type'];
      return { ...captured, headers: type ? { 'content-type': type } : {}, hasProof: false };
    }
    case 'otherAmount': {
      const amount = BigInt(amountIn(captured) ?? '1');
      // Ten times as much where the account holds that: greedier would be refused for another reason.
      const greedy = amount * 10n <= balance ? amount * 10n : amount + 1n;
      const order = JSON.parse(captured.body ?? '{}') as object;
      return { ...captured, body: JSON.stringify({ ...order, amount: String(greedy) }) };
    }
  }
};

const whyRefused = (attack: Attack, code: string): string => {
  if (code === 'mfa_enrollment_required')
    return 'This account has no second step yet, and nothing protected happens before it has one.';
  if (code === 'insufficient_funds') return 'The account does not hold that much. The proof was not even looked at.';
  if (code !== 'insufficient_user_authentication') return 'Harbor did not take it.';
  switch (attack) {
    case 'again':
      return 'The proof was good for one request, and that one is done. A second one finds it spent.';
    case 'otherAmount':
      return 'You approved one amount to one payee, once. Harbor compares what it is about to book with that, and this is another.';
    case 'noProof':
      return 'The session alone does nothing here. Harbor wants your second step, and the attacker does not have it.';
  }
};

const whyAccepted = (attack: Attack, { path, hasProof }: CapturedRequest): string => {
  if (!hasProof) return 'Harbor asked nobody for proof: the policy lets an account without a second step pass.';
  if (attack !== 'again') return 'This should not have worked.';
  if (path.endsWith('/sign'))
    return 'A signing approval counts for ten minutes in this session: that is what you agreed to. No money moves on it.';
  return 'This is exactly what you approved, and it arrives for the first time. Replay it, and the proof is spent.';
};
