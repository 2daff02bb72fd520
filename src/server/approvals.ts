/** What is approved: a payload's digest, the words for it, and the challenge that stands for both. */
import { CanonicalJsonError, canonicalJson } from '../wire/canonicalJson.js';
import { randomUuid, sha256 } from './crypto.js';
import { refuse } from './refusals.js';
import type { StoreTransaction } from './store/Store.js';
import type { ApprovalRecord } from './store/stepUpRecords.js';

const APPROVAL_MS = 300_000;
/** Open tabs and second thoughts of one session; one more drops the oldest. */
const LIVE_APPROVALS = 20;
const MAX_SUMMARY = 300;

/** SHA-256 over the canonical form, so that equal payloads have one digest however they were spelled. */
export const digestOf = async (payload: unknown): Promise<string> => {
  if (typeof payload !== 'object' || payload === null || Array.isArray(payload)) throw invalidPayload();
  try {
    return await sha256(canonicalJson(payload));
  } catch (error) {
    throw error instanceof CanonicalJsonError ? invalidPayload() : error;
  }
};

const invalidPayload = () => refuse('invalid_request', { payload: { field: 'payload' } });

/** The application's words in one line of text; they may quote what somebody typed. */
export const tidySummary = (summary: string | undefined): string | null =>
  summary === undefined ? null : summary.replaceAll(/[\p{Cc}\u2028\u2029]+/gu, ' ').slice(0, MAX_SUMMARY);

export const askForApproval = async (
  tx: StoreTransaction,
  asked: Pick<ApprovalRecord, 'userId' | 'sid' | 'action' | 'payloadDigest' | 'summary'>,
  now: number,
): Promise<ApprovalRecord> => {
  const approval = { ...asked, id: randomUuid(), createdAt: now, expiresAt: now + APPROVAL_MS };
  await tx.createApproval(approval, LIVE_APPROVALS);
  return approval;
};
