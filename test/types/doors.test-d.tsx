import {
  type CreateMfaToken,
  isMfaError,
  type MFAAction,
  type MfaClient,
  type MfaProof,
  MfaProvider,
  type MfaProviderProps,
  mfaMethodsQueryOptions,
  type PreparedPasskeyRegistration,
  passkeysQueryOptions,
  type UserPasskey,
  type useAddPasskey,
  type useAuthenticatePasskeyMFA,
  type useDeletePasskey,
  type useGetMfaToken,
  type useGetPasskeys,
  type useMfa,
  useMfaAction,
  type useMfaFetch,
  type usePromptMfaAuth,
  type useRegisterPasskey,
  type useSignInWithPasskey,
  type useStepUpAuthentication,
  type useWaitingActions,
  type WaitingAction,
} from 'mfa-kit';
import {
  type authenticatePasskeyMFA,
  type consumeMfaToken,
  type createClient,
  createMfaClient,
  type getElevatedAccessToken,
  getMfaMethods,
  type MfaMethodsResponse,
  mfaFetch,
  preparePasskeyRegistration,
  registerPasskey,
  setPrompter,
} from 'mfa-kit/client';
import { createMfaServer, type MfaServer } from 'mfa-kit/server';
import { describe, expectTypeOf, test } from 'vitest';

declare const client: MfaClient;

describe('MfaProvider', () => {
  test('takes an environment or a client, never both and never neither', () => {
    expectTypeOf({ environmentId: 'id' }).toExtend<MfaProviderProps>();
    expectTypeOf({ client }).toExtend<MfaProviderProps>();
    expectTypeOf({ client, environmentId: 'id' }).not.toExtend<MfaProviderProps>();
    expectTypeOf({ modals: false }).not.toExtend<MfaProviderProps>();
    expectTypeOf(MfaProvider).toBeCallableWith({ environmentId: 'id', modals: false });
  });
});

describe('useMfa', () => {
  test('has the published functions', () => {
    expectTypeOf<
      | 'addDevice'
      | 'authDevice'
      | 'authenticateDevice'
      | 'authenticateRecoveryCode'
      | 'authRecoveryCode'
      | 'completeAcknowledgement'
      | 'deleteUserDevice'
      | 'getNewRecoveryCodes'
      | 'getRecoveryCodes'
      | 'getUserDevices'
      | 'isPendingRecoveryCodesAcknowledgment'
      | 'updateUserDevice'
      | 'verifyDevice'
    >().toExtend<keyof ReturnType<typeof useMfa>>();
  });

  test('gives the token that was asked for, or none', () => {
    expectTypeOf<ReturnType<typeof useMfa>['authenticateDevice']>().returns.resolves.toEqualTypeOf<
      string | undefined
    >();
  });

  test('takes createMfaToken as true and as an object', () => {
    const { authenticateDevice } = {} as ReturnType<typeof useMfa>;
    expectTypeOf(authenticateDevice).toBeCallableWith({ code: '123456', createMfaToken: true });
    expectTypeOf(authenticateDevice).toBeCallableWith({ code: '123456', createMfaToken: { singleUse: false } });
    expectTypeOf<CreateMfaToken>().toExtend<{ singleUse?: boolean }>();
  });
});

test('usePromptMfaAuth works as the function and under its own name', () => {
  type Result = ReturnType<typeof usePromptMfaAuth>;
  expectTypeOf<Result>().toBeFunction();
  expectTypeOf<Result['promptMfaAuth']>().toBeFunction();
});

test('query options know what their query answers', () => {
  const options = mfaMethodsQueryOptions(client);
  type Answer = Awaited<ReturnType<Extract<(typeof options)['queryFn'], (...all: never[]) => unknown>>>;
  expectTypeOf<Answer>().toEqualTypeOf<MfaMethodsResponse>();
  expectTypeOf(getMfaMethods).returns.resolves.toEqualTypeOf<MfaMethodsResponse>();
});

test('isMfaError tells an error apart and takes only codes there are', () => {
  const caught: unknown = new Error();
  if (isMfaError(caught)) expectTypeOf(caught.code).toExtend<string>();
  expectTypeOf(isMfaError).parameter(1).not.toEqualTypeOf<string | undefined>();
});

test('an action is a published constant or any name of the application', () => {
  expectTypeOf<typeof MFAAction.WalletWaasSign>().toExtend<string>();
});

test('an error of another code stays an error of the kit', () => {
  const error: unknown = undefined;
  if (!isMfaError(error)) return;
  if (isMfaError(error, 'mfa_invalid_code')) expectTypeOf(error.code).not.toEqualTypeOf<'cancelled'>();
  else expectTypeOf(error).toExtend<Error>();
});

test('a client of the door "./client" serves the provider', () => {
  expectTypeOf(createMfaClient).returns.toExtend<MfaClient>();
});

test('the server speaks WHATWG fetch', () => {
  expectTypeOf(createMfaServer).returns.resolves.toEqualTypeOf<MfaServer>();
  expectTypeOf<MfaServer['fetch']>().toBeCallableWith(new Request('http://localhost'));
  expectTypeOf<MfaServer['fetch']>().returns.resolves.toEqualTypeOf<Response>();
});

describe('the passkey hooks', () => {
  test('work as functions and under their own names, with the published parameters', () => {
    expectTypeOf<ReturnType<typeof useRegisterPasskey>['registerPasskey']>().toBeCallableWith();
    expectTypeOf<ReturnType<typeof useGetPasskeys>>().returns.resolves.toEqualTypeOf<UserPasskey[]>();
    expectTypeOf<ReturnType<typeof useDeletePasskey>>().parameters.toEqualTypeOf<[passkeyId: string]>();
    expectTypeOf<ReturnType<typeof useSignInWithPasskey>>().toBeCallableWith();
    type Authenticate = ReturnType<typeof useAuthenticatePasskeyMFA>;
    expectTypeOf<Authenticate['authenticatePasskeyMFA']>().returns.resolves.toEqualTypeOf<string | undefined>();
    expectTypeOf<Authenticate>().toBeCallableWith({ createMfaToken: true, relatedOriginRpId: 'app.example' });
    expectTypeOf<Authenticate>().toBeCallableWith({ createMfaToken: { singleUse: true }, requestedScopes: [] });
  });

  test('take what a prepared ceremony gives, and nothing made by another', () => {
    const { start } = {} as PreparedPasskeyRegistration;
    expectTypeOf<ReturnType<typeof useAddPasskey>['mutate']>().toBeCallableWith({ credential: start() });
    expectTypeOf(registerPasskey).toBeCallableWith({ credential: start() }, client);
    expectTypeOf<{ credential: ReturnType<typeof start> }>().not.toExtend<
      Parameters<typeof authenticatePasskeyMFA>[0]
    >();
    expectTypeOf(preparePasskeyRegistration).returns.resolves.toEqualTypeOf<PreparedPasskeyRegistration>();
  });

  test('keep session tokens out of what they give', () => {
    expectTypeOf<Awaited<ReturnType<typeof registerPasskey>>>().not.toHaveProperty('minifiedJwt');
    expectTypeOf<Awaited<ReturnType<typeof registerPasskey>>>().toHaveProperty('passkey');
    expectTypeOf(passkeysQueryOptions(client).queryKey).not.toBeAny();
  });
});

describe('useMfaAction', () => {
  test('takes the call with the proof after its arguments, and gives the call without it', () => {
    expectTypeOf(
      useMfaAction(async (amount: number, to: string, { headers }: MfaProof) => ({ amount, to, headers }), {
        action: 'send',
        payload: (amount, to) => ({ amount, to }),
      }),
    ).toEqualTypeOf<
      (amount: number, to: string) => Promise<{ amount: number; to: string; headers: MfaProof['headers'] }>
    >();
  });

  test('takes a call without arguments, and one that answers at once', () => {
    expectTypeOf(useMfaAction((proof: MfaProof) => proof.headers, { action: 'send' })).toEqualTypeOf<
      () => Promise<Readonly<Record<string, string>>>
    >();
  });
});

describe('useStepUpAuthentication', () => {
  test('has the published members', () => {
    expectTypeOf<
      | 'checkStepUpAuth'
      | 'isStepUpRequired'
      | 'promptMfa'
      | 'promptReauthenticate'
      | 'promptStepUpAuth'
      | 'resetState'
      | 'sendOtp'
      | 'state'
      | 'submitCaptchaToken'
      | 'verifyOtp'
      | 'verifyPasskeyMfa'
      | 'verifyRecoveryCode'
      | 'verifySocial'
      | 'verifyTotpMfa'
      | 'verifyWallet'
    >().toExtend<keyof ReturnType<typeof useStepUpAuthentication>>();
  });
});

describe('protected calls', () => {
  test('are fetch with what they are for', () => {
    const mfa = { action: 'send', payload: { amount: '1' } };
    expectTypeOf(mfaFetch).toBeCallableWith('/x', { method: 'POST', mfa }, client);
    expectTypeOf<ReturnType<typeof createClient>['fetch']>().toBeCallableWith(new URL('https://x.test'), { mfa });
    expectTypeOf<ReturnType<typeof useMfaFetch>>().returns.resolves.toEqualTypeOf<Response>();
    expectTypeOf(setPrompter).returns.toEqualTypeOf<() => void>();
  });

  test('find tokens as published', () => {
    expectTypeOf<typeof consumeMfaToken>().returns.toBeString();
    expectTypeOf<typeof getElevatedAccessToken>().returns.toEqualTypeOf<string | undefined>();
    expectTypeOf<ReturnType<typeof useGetMfaToken>>().returns.resolves.toEqualTypeOf<string | undefined>();
    expectTypeOf<ReturnType<typeof useWaitingActions>['data']>().toEqualTypeOf<WaitingAction[] | undefined>();
  });
});
