import {
  type CreateMfaToken,
  isMfaError,
  type MFAAction,
  type MfaClient,
  MfaProvider,
  type MfaProviderProps,
  mfaMethodsQueryOptions,
  type useMfa,
  type usePromptMfaAuth,
} from 'mfa-kit';
import { createMfaClient, getMfaMethods, type MfaMethodsResponse } from 'mfa-kit/client';
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
