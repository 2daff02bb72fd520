/** The first factor by e-mail code (security.md D16). */
import type { Call } from './call.js';
import { randomBytes, randomUuid } from './crypto.js';
import { isEmailAddress } from './emailAddress.js';
import { networkOf } from './failureLimits.js';
import { refuse } from './refusals.js';

const CODE_MS = 10 * 60_000;
const TRIES = 5;
const SENDS = 3;
const SEND_WINDOW_MS = 10 * 60_000;
/** From everywhere to one address, and from one network address to everybody: against mail bombing and lists. */
const SENDS_TO_ADDRESS = 10;
const SENDS_FROM_IP = 100;

/** Trimmed and in lower case, or a refusal. */
export const readEmail = (text: string): string => {
  const email = text.trim().toLowerCase();
  if (!isEmailAddress(email)) throw refuse('invalid_email');
  return email;
};

/** Six digits, each value equally likely. */
const newEmailCode = (): string => {
  const limit = 2 ** 32 - (2 ** 32 % 1_000_000);
  for (;;) {
    const value = new DataView(randomBytes(4).buffer).getUint32(0);
    if (value < limit) return String(value % 1_000_000).padStart(6, '0');
  }
};

/** Sends a new code, whether or not anybody has this address. Gives the verification's id. */
export const sendEmailCode = async (call: Call, email: string): Promise<string> => {
  const { core, now, ip } = call;
  const { sendEmail, appName } = core.options;
  if (!sendEmail) throw refuse('mfa_method_disabled');
  const id = randomUuid();
  const code = newEmailCode();
  const codeHash = await core.vault.mac('email-code', `${id} ${code}`);
  const expiresAt = now + CODE_MS;
  const perPair = core.options.emailsPerAddress ?? SENDS;
  const network = ip === null ? null : networkOf(ip);
  const limits = [
    { key: `pair ${network ?? ''} ${email}`, limit: perPair },
    { key: `to ${email}`, limit: Math.max(perPair, SENDS_TO_ADDRESS) },
    ...(network === null ? [] : [{ key: `from ${network}`, limit: Math.max(perPair, SENDS_FROM_IP) }]),
  ];
  await core.store.transaction(async (tx) => {
    for (const { key, limit } of limits) {
      const count = await tx.countSend({ key, limit, windowMs: SEND_WINDOW_MS, now });
      if (!count.isAllowed) {
        throw refuse('too_many_requests', { retryAfter: Math.max(1, Math.ceil((count.allowedAt - now) / 1000)) });
      }
    }
    const environmentId = core.environmentId;
    await tx.createEmailVerification({
      id,
      environmentId,
      email,
      codeHash,
      tries: 0,
      createdAt: now,
      expiresAt,
      usedAt: null,
    });
  });
  await sendEmail({ to: email, code, appName, expiresAt });
  return id;
};

/** The address a code proves. One of the five tries is used before the code is looked at. */
export const verifyEmailCode = async (call: Call, id: string, code: string): Promise<string> => {
  const { core, now } = call;
  const verification = await core.store.transaction((tx) => tx.takeEmailTry(core.environmentId, id, now));
  if (!verification) {
    const known = await core.store.findEmailVerification(core.environmentId, id);
    const isOpen = known !== null && known.usedAt === null && known.expiresAt > now;
    throw refuse(
      isOpen && known.tries >= TRIES ? 'too_many_email_verification_attempts' : 'invalid_email_verification',
    );
  }
  if (!(await core.vault.isMac('email-code', `${id} ${code.replaceAll(/[ -]/g, '')}`, verification.codeHash))) {
    core.failures.noteFailure(call.ip, now);
    throw refuse('wrong_email_verification_token');
  }
  return verification.email;
};
