/** Every request's form. What is not named here is ignored; what is named wrongly is refused with the field at fault. */
import * as v from 'valibot';
import type { ErrorPayload } from '../wire/errorCodes.js';
import { scopeToken } from './policy.js';
import { refuse } from './refusals.js';

/** Without NUL, which PostgreSQL cannot keep. */
const text = (max: number) => v.pipe(v.string(), v.maxLength(max), v.regex(/^[^\0]*$/));
const nullableText = (max: number) => v.optional(v.nullable(text(max)));

/** Long enough for a code with separators between all its symbols, short enough to cost nothing. */
const code = v.pipe(v.string(), v.minLength(1), v.maxLength(64), v.description('Spaces and hyphens are ignored.'));

/** Published names, or those a policy gives to actions of the application. */
const scopeName = v.pipe(v.string(), v.maxLength(100), v.regex(scopeToken));
const requestedScopes = v.optional(v.pipe(v.array(scopeName), v.maxLength(20)));

/** What a proof may ask for. */
const asking = {
  createMfaToken: v.optional(
    v.object({
      singleUse: v.boolean(),
      count: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(10))),
    }),
  ),
  requestedScopes,
  action: v.optional(v.pipe(text(100), v.minLength(1), v.description('Binds the token to an action.'))),
  payload: v.optional(v.pipe(v.unknown(), v.description('Binds it to this JSON object as well.'))),
  challengeId: v.optional(v.pipe(text(64), v.description('Stands for the action and payload of a refused request.'))),
};

export const authenticateBody = v.object({ code, ...asking });

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

export const emailVerifyBody = v.object({
  verificationUUID: text(64),
  verificationToken: v.pipe(v.string(), v.minLength(1), v.maxLength(64)),
  requestedScopes,
});

export const emailSignInBody = v.object({
  ...emailVerifyBody.entries,
  allowNewMFALinking: v.optional(
    v.pipe(v.boolean(), v.description('Asks for credential:link where there is no factor and none is demanded.')),
  ),
});

export const externalSignInBody = v.object({ jwt: v.pipe(v.string(), v.minLength(1), v.maxLength(16_384)) });
export const externalVerifyBody = v.object({ ...externalSignInBody.entries, requestedScopes });

export const stepUpCheckBody = v.object({ scope: scopeName });

/** What an application leaves for a user to do. */
export const waitingAction = v.object({
  action: v.pipe(text(100), v.minLength(1)),
  subject: v.optional(text(200)),
  summary: v.optional(v.string()),
});

const moment = v.pipe(v.number(), v.integer(), v.minValue(0));

/** What an operator brings along from another service. */
export const importedUser = v.object({
  id: v.optional(v.pipe(v.string(), v.regex(/^[\x21-\x7e]{1,64}$/))),
  email: v.optional(text(320)),
  externalUserId: v.optional(v.pipe(text(255), v.minLength(1))),
  firstName: v.optional(text(100)),
  lastName: v.optional(text(100)),
  alias: v.optional(text(100)),
  createdAt: v.optional(moment),
});

export const importedTotp = v.object({
  userId: text(64),
  secret: text(256),
  alias: v.optional(text(100)),
  createdAt: v.optional(moment),
  lastUsedAt: v.optional(moment),
  acknowledged: v.optional(v.boolean()),
});

export const updateUserBody = v.object({
  mfaBackupCodeAcknowledgement: v.optional(v.nullable(v.literal('complete'))),
  firstName: nullableText(100),
  lastName: nullableText(100),
  alias: nullableText(100),
  email: nullableText(320),
});

/** Base64url, longer than anything an authenticator makes; whether it is what it should be, the verification says. */
const binary = (max: number) => v.pipe(text(max), v.minLength(1), v.description('Base64url.'));

const credential = {
  id: binary(2048),
  rawId: binary(2048),
  type: v.literal('public-key'),
  clientExtensionResults: v.optional(v.looseObject({}), {}),
};

/** Browsers write `clientDataJSON`, published clients also `clientDataJson`: one of them has to be there. */
const clientData = {
  clientDataJSON: v.optional(binary(8192)),
  clientDataJson: v.optional(v.pipe(binary(8192), v.description('The same, as published clients spell it.'))),
};

export const attestationBody = v.object({
  ...credential,
  response: v.object({
    ...clientData,
    attestationObject: binary(40_000),
    transports: v.optional(v.pipe(v.array(text(32)), v.maxLength(16))),
  }),
});

export const registerPasskeyBody = v.object({ ...attestationBody.entries, ...asking });

export const olderRegisterPasskeyBody = v.object({ id: text(64), attestation: attestationBody });

export const authenticatePasskeyBody = v.object({
  ...credential,
  response: v.object({
    ...clientData,
    authenticatorData: binary(8192),
    signature: binary(4096),
    userHandle: nullableText(128),
  }),
  ...asking,
});

export const renamePasskeyBody = v.object({ id: text(64), alias: nullableText(256) });

export const deletePasskeyBody = v.object({ passkeyId: text(64) });

export type AttestationBody = v.InferOutput<typeof attestationBody>;
export type AssertionBody = v.InferOutput<typeof authenticatePasskeyBody>;

export const anyBody = v.unknown();

/** The first field at fault, or nothing when all is well. */
export const readBody = <TOutput>(schema: v.GenericSchema<unknown, TOutput>, value: unknown): TOutput => {
  const result = v.safeParse(schema, value, { abortEarly: true });
  if (result.success) return result.output;
  const field = v.getDotPath(result.issues[0]) ?? 'body';
  throw refuse('invalid_request', { payload: { field } satisfies ErrorPayload });
};
