/** Every request's form. What is not named here is ignored; what is named wrongly is refused with the field at fault. */
import * as v from 'valibot';
import type { ErrorPayload } from '../wire/errorCodes.js';
import { JwtScope, TokenScope } from '../wire/scopes.js';
import { refuse } from './refusals.js';

/** Without NUL, which PostgreSQL cannot keep. */
const text = (max: number) => v.pipe(v.string(), v.maxLength(max), v.regex(/^[^\0]*$/));
const nullableText = (max: number) => v.optional(v.nullable(text(max)));

/** Long enough for a code with separators between all its symbols, short enough to cost nothing. */
const code = v.pipe(v.string(), v.minLength(1), v.maxLength(64), v.description('Spaces and hyphens are ignored.'));

const requestedScopes = v.optional(v.array(v.picklist([...Object.values(TokenScope), ...Object.values(JwtScope)])));

const createMfaToken = v.optional(v.object({ singleUse: v.boolean() }));

const actionName = v.optional(v.pipe(text(100), v.minLength(1)));

export const authenticateBody = v.object({ code, createMfaToken, requestedScopes, action: actionName });

export const authenticateTotpBody = v.object({
  ...authenticateBody.entries,
  id: v.optional(
    v.pipe(text(64), v.description('The pending device at first set-up; otherwise the verified one is taken.')),
  ),
});

export const confirmTotpBody = v.object({ type: v.literal('totp'), code });

export const setDefaultBody = v.optional(v.nullable(v.object({ default: v.optional(v.boolean()) })));

export const emailBody = v.object({ email: text(320) });
export const retryEmailBody = v.object({ verificationUUID: text(64), email: text(320) });

export const emailSignInBody = v.object({
  verificationUUID: text(64),
  verificationToken: v.pipe(v.string(), v.minLength(1), v.maxLength(64)),
  requestedScopes,
});

export const externalSignInBody = v.object({ jwt: v.pipe(v.string(), v.minLength(1), v.maxLength(16_384)) });

export const updateUserBody = v.object({
  mfaBackupCodeAcknowledgement: v.optional(v.nullable(v.literal('complete'))),
  firstName: nullableText(100),
  lastName: nullableText(100),
  alias: nullableText(100),
  email: nullableText(320),
});

export const anyBody = v.unknown();

/** The first field at fault, or nothing when all is well. */
export const readBody = <TOutput>(schema: v.GenericSchema<unknown, TOutput>, value: unknown): TOutput => {
  const result = v.safeParse(schema, value, { abortEarly: true });
  if (result.success) return result.output;
  const field = v.getDotPath(result.issues[0]) ?? 'body';
  throw refuse('invalid_request', { payload: { field } satisfies ErrorPayload });
};
