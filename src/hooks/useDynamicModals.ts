'use client';

import type { Dispatch, SetStateAction } from 'react';
import { useMemo } from 'react';
import type { MfaClient } from '../client/core.js';
import { MfaError, UserNotAuthenticatedError } from '../client/errors.js';
import type { ModalController } from '../controller/createModalController.js';
import type { PromptRequest, Screen, ScreenName } from '../controller/screens.js';
import type { CreateMfaToken } from '../wire/actions.js';
import type { MFADeviceType } from '../wire/devices.js';
import type { TokenScope } from '../wire/scopes.js';
import { offeredMethods } from '../wire/settings.js';
import { useMfaContext } from './MfaContext.js';
import { toCreateMfaToken } from './toCreateMfaToken.js';
import { warnInDevelopment } from './warnInDevelopment.js';

type BooleanSetter = Dispatch<SetStateAction<boolean>>;

/** The screens that can be opened by name. */
export type ShowableScreen = Extract<
  ScreenName,
  | 'ChooseType'
  | 'QrCode'
  | 'OtpVerification'
  | 'PasskeyPrompt'
  | 'ViewBackupCodes'
  | 'EnterBackupCodes'
  | 'ManageDevices'
>;

export interface ShowOptions {
  /** Asks for an MFA token along with a proof. */
  createMfaToken?: boolean | CreateMfaToken;
  requestedScopes?: TokenScope[];
  /** What a proof is for. */
  mfaAction?: string;
  /** What exactly is to be done: shown, and the token is good for nothing else. Together with the action. */
  payload?: Record<string, unknown>;
  /** The same in words. */
  summary?: string;
}

export interface UseDynamicModalsReturnType {
  /** Chooses among the methods: to enrol, or to verify with where one is enrolled. */
  setShowMfaChooseType: BooleanSetter;
  /** Enrols an authenticator app. */
  setShowMfaQRCode: BooleanSetter;
  /** Asks for six digits, and for an MFA token. */
  setShowOTPVerification: BooleanSetter;
  /** Shows the recovery codes that wait to be saved. */
  setShowMfaViewBackupCodes: BooleanSetter;
  /** Asks for a recovery code. */
  setShowMfaEnterBackupCodes: BooleanSetter;
  /** Lists what is enrolled. */
  setShowMFAManage: BooleanSetter;
  /** Wallets are not this kit's business: warns in development and opens nothing. */
  setShowLinkNewWalletModal: BooleanSetter;
  /**
   * Opens a screen and resolves, with the MFA token if one was asked for, once what it is for is done. Rejects with
   * `MfaCancelledError`, `not_signed_in`, `mfa_method_disabled`.
   */
  show: (screen: ShowableScreen | Screen, options?: ShowOptions) => Promise<string | undefined>;
}

const needed: { readonly [Name in ScreenName]?: { type: MFADeviceType; name: string } } = {
  QrCode: { type: 'totp', name: 'the authenticator app' },
  OtpVerification: { type: 'totp', name: 'the authenticator app' },
  PasskeyPrompt: { type: 'passkey', name: 'the passkey' },
};

/** Why a screen cannot be shown just now; undefined when it can. */
const obstacle = (
  client: MfaClient,
  name: ScreenName,
): { code: 'not_signed_in' | 'mfa_method_disabled'; why: string } | undefined => {
  if (!client.user) return { code: 'not_signed_in', why: 'nobody is signed in' };
  // Unread settings forbid nothing: the server decides in the end.
  if (!client.projectSettings) return undefined;
  const enabled = offeredMethods(client.projectSettings);
  if (enabled.length === 0) return { code: 'mfa_method_disabled', why: 'no method is enabled in the settings' };
  const method = needed[name];
  return method && !enabled.some(({ type }) => type === method.type)
    ? { code: 'mfa_method_disabled', why: `${method.name} is disabled in the settings` }
    : undefined;
};

const createSetters = (client: MfaClient, controller: ModalController): UseDynamicModalsReturnType => {
  const setter =
    (setterName: string, name: ShowableScreen, request?: Omit<PromptRequest, 'purpose'>): BooleanSetter =>
    (value) => {
      const isUp = controller.getSnapshot().screen?.name === name;
      const isWanted = typeof value === 'function' ? value(isUp) : value;
      if (isWanted === isUp) return;
      if (!isWanted) return controller.close('setter');
      const problem = obstacle(client, name);
      if (problem) return warnInDevelopment(`${setterName}(true) opens nothing: ${problem.why}.`);
      // A setter has nobody who waits; `show` has.
      controller.show(name, request).catch(() => undefined);
    };
  return {
    setShowMfaChooseType: setter('setShowMfaChooseType', 'ChooseType'),
    setShowMfaQRCode: setter('setShowMfaQRCode', 'QrCode'),
    setShowOTPVerification: setter('setShowOTPVerification', 'OtpVerification', {
      createMfaToken: { singleUse: true },
    }),
    setShowMfaViewBackupCodes: setter('setShowMfaViewBackupCodes', 'ViewBackupCodes'),
    setShowMfaEnterBackupCodes: setter('setShowMfaEnterBackupCodes', 'EnterBackupCodes'),
    setShowMFAManage: setter('setShowMFAManage', 'ManageDevices'),
    setShowLinkNewWalletModal: () =>
      warnInDevelopment('setShowLinkNewWalletModal opens nothing: wallets are not supported.'),
    show: async (screen, { createMfaToken, mfaAction, ...rest } = {}) => {
      const problem = obstacle(client, typeof screen === 'string' ? screen : screen.name);
      const message = `show() opens nothing: ${problem?.why}.`;
      if (problem?.code === 'not_signed_in') throw new UserNotAuthenticatedError(message);
      if (problem) throw new MfaError(problem.code, { message });
      return controller.show(screen, {
        ...rest,
        createMfaToken: toCreateMfaToken(createMfaToken),
        action: mfaAction,
      });
    },
  };
};

/**
 * Opens the prebuilt screens by name: six setters as published, and `show`, which returns a promise.
 *
 * @example
 * const { setShowMFAManage, show } = useDynamicModals();
 * <button onClick={() => setShowMFAManage(true)}>Security</button>
 * await show('QrCode'); // resolves once the app is enrolled and the codes are saved
 */
export const useDynamicModals = (): UseDynamicModalsReturnType => {
  const { client, controller } = useMfaContext();
  return useMemo(() => createSetters(client, controller), [client, controller]);
};
