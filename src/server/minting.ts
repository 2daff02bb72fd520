/** Makes the tokens that a proof earned, in its transaction, and says what of them the answer and the database keep. */
import type { VerifyResponse } from '../wire/session.js';
import { type AuditOrigin, appendAudit } from './audit.js';
import type { Core } from './core.js';
import { type NewElevatedToken, prepareElevatedToken } from './elevatedTokens.js';
import type { Wanted } from './grants.js';
import type { MintedIds } from './idempotency.js';
import { type NewMfaToken, prepareMfaToken } from './mfaTokens.js';
import type { MfaPolicy } from './policy.js';
import type { SessionRecord } from './store/records.js';
import type { StoreTransaction } from './store/Store.js';

export interface Minted {
  mfaTokens: NewMfaToken[];
  elevated: NewElevatedToken | null;
}

export const nothingMinted: Minted = { mfaTokens: [], elevated: null };

export const mint = async (
  tx: StoreTransaction,
  { core, origin, policy }: { core: Core; origin: AuditOrigin; policy: MfaPolicy },
  session: SessionRecord,
  { token, elevated: wantedScopes }: Pick<Wanted, 'token' | 'elevated'>,
): Promise<Minted> => {
  const { now } = origin;
  const mfaTokens: NewMfaToken[] = [];
  for (let index = 0; token && index < token.count; index += 1) {
    mfaTokens.push(await prepareMfaToken(session, token, policy, now));
  }
  const elevated =
    wantedScopes &&
    (await prepareElevatedToken(core.elevatedTokens, session, { ...wantedScopes, acr: session.acr }, now));
  await keep(tx, { mfaTokens, elevated });
  const issued = { ...origin, sid: session.sid };
  const [first] = mfaTokens;
  if (first) {
    const reason = mfaTokens.length > 1 ? `${mfaTokens.length} tokens` : undefined;
    await appendAudit(tx, issued, session.userId, 'token_issued', {
      factorId: first.record.id,
      ...(reason && { reason }),
    });
  }
  if (elevated) {
    const { id, scopes } = elevated.record;
    await appendAudit(tx, issued, session.userId, 'token_issued', { factorId: id, reason: scopes });
  }
  return { mfaTokens, elevated };
};

const keep = async (tx: StoreTransaction, { mfaTokens, elevated }: Minted): Promise<void> => {
  for (const { record } of mfaTokens) await tx.createMfaToken(record);
  if (elevated) await tx.createElevatedToken(elevated.record);
};

/** Ends what an answer carried that was lost, and makes it anew. What was used did arrive: there is nothing to make up for. */
export const mintAgain = async (
  tx: StoreTransaction,
  { core, policy, now }: { core: Core; policy: MfaPolicy; now: number },
  session: SessionRecord,
  { mfaTokenId, elevatedId }: MintedIds,
): Promise<Minted> => {
  const minted: Minted = { mfaTokens: [], elevated: null };
  for (const id of mfaTokenId?.split(' ') ?? []) {
    const lost = await tx.findMfaToken(id);
    if (!lost || lost.usedAt !== null || lost.revokedAt !== null) continue;
    await tx.revokeMfaToken(lost.id, now);
    // What earned it is what it was, whatever has been proven since.
    minted.mfaTokens.push(await prepareMfaToken(session, lost, policy, now, lost));
  }
  const lost = elevatedId === null ? null : await tx.findElevatedToken(elevatedId);
  if (lost && lost.usedAt === null && lost.revokedAt === null) {
    await tx.revokeElevatedToken(lost.id, now);
    const { scopes, singleUse, acr } = lost;
    const lifetimeMs = lost.expiresAt - lost.createdAt;
    minted.elevated = await prepareElevatedToken(
      core.elevatedTokens,
      session,
      { scopes, singleUse, acr, lifetimeMs },
      now,
    );
  }
  await keep(tx, minted);
  return minted;
};

export const idsOf = ({ mfaTokens, elevated }: Minted): MintedIds => ({
  mfaTokenId: mfaTokens.length === 0 ? null : mfaTokens.map(({ record }) => record.id).join(' '),
  elevatedId: elevated?.record.id ?? null,
});

/** The part of an answer that carries them. */
export const answerMinted = ({
  mfaTokens,
  elevated,
}: Minted): Pick<VerifyResponse, 'mfaToken' | 'mfaTokens' | 'elevatedAccessToken'> => {
  const tokens = mfaTokens.map(({ token }) => token);
  const [mfaToken] = tokens;
  return {
    ...(mfaToken !== undefined && { mfaToken }),
    ...(tokens.length > 1 && { mfaTokens: tokens }),
    ...(elevated && { elevatedAccessToken: elevated.token }),
  };
};
