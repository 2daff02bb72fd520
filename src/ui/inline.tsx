'use client';

import type { ComponentType } from 'react';
import type { Lock, Method, PromptRequest, Screen, ScreenEvent, ScreenName } from '../controller/screens.js';
import type { MessageOverrides } from './messages/en.js';
import { english } from './messages/Language.js';
import { useLanguage } from './messages/useLanguage.js';
import { ChooseType } from './screens/ChooseType.js';
import type { ConnectedScreenProps } from './screens/ConnectedScreen.js';
import { EnterBackupCodes } from './screens/EnterBackupCodes.js';
import { Locked } from './screens/Locked.js';
import { ManageDevices } from './screens/ManageDevices.js';
import { OtpVerification } from './screens/OtpVerification.js';
import { QrCode } from './screens/QrCode.js';
import { RecoveryUsed } from './screens/RecoveryUsed.js';
import { SignInAgain } from './screens/SignInAgain.js';
import { Success } from './screens/Success.js';
import { ViewBackupCodes } from './screens/ViewBackupCodes.js';

/** What every screen that stands in a page of yours takes. */
export interface MfaScreenProps {
  /** Hears what happened on the screen, such as `{ type: 'verified', mfaToken }`; which screen follows is up to you. */
  onEvent: (event: ScreenEvent) => void;
  /** Shows "Back". */
  onBack?: () => void;
  /** Shows "Try another way". */
  onAnotherWay?: () => void;
  /** Shows "Cancel". */
  onCancel?: () => void;
  /** BCP 47. Default: `en`. */
  locale?: string;
  /** Sentences of your own, by key. */
  messages?: MessageOverrides;
}

/** What a proof is asked for, on screens that take a code. */
export type MfaProofProps = Omit<PromptRequest, 'purpose'>;

type FieldsOf<TName extends ScreenName> = Omit<Extract<Screen, { name: TName }>, 'name' | 'then' | 'retry'>;

interface InlineProps<TName extends ScreenName> {
  Screen: ComponentType<ConnectedScreenProps<TName>>;
  screen: Extract<Screen, { name: TName }>;
  props: MfaScreenProps & Partial<MfaProofProps> & { ways?: readonly Method[]; locks?: readonly Lock[] };
}

const none: readonly never[] = [];

function Inline<TName extends ScreenName>({ Screen, screen, props }: InlineProps<TName>) {
  const { onEvent, onBack, onAnotherWay, onCancel, locale, messages } = props;
  const { createMfaToken, requestedScopes, action } = props;
  const language = useLanguage(locale, messages) ?? english;
  return (
    <Screen
      screen={screen}
      request={{ purpose: 'screen', createMfaToken, requestedScopes, action }}
      ways={props.ways ?? none}
      locks={props.locks ?? none}
      frame={{ language, onBack, onAnotherWay, leave: onCancel && { kind: 'cancel', onLeave: onCancel } }}
      onEvent={onEvent}
    />
  );
}

export type MfaChooseTypeProps = MfaScreenProps &
  FieldsOf<'ChooseType'> & { ways: readonly Method[]; locks?: readonly Lock[] };

/** Which second step to add (`task="enrol"`), or which way to confirm (`task="verify"`). Tells `methodChosen`. */
export function MfaChooseType(props: MfaChooseTypeProps) {
  return <Inline Screen={ChooseType} screen={{ name: 'ChooseType', task: props.task }} props={props} />;
}

export type MfaQrCodeProps = MfaScreenProps & Partial<FieldsOf<'QrCode'>>;

/** Begins or resumes an enrolment and shows its QR code and setup key. Tells `secretScanned` with the device's id. */
export function MfaQrCode({ isReplacement = false, ...props }: MfaQrCodeProps) {
  return <Inline Screen={QrCode} screen={{ name: 'QrCode', isReplacement }} props={props} />;
}

export type MfaOtpVerificationProps = MfaScreenProps & MfaProofProps & FieldsOf<'OtpVerification'>;

/** Asks for six digits; with `deviceId`, the first ones of a new app. Tells `verified`, `wasLocked`, `enrolRequested`. */
export function MfaOtpVerification({ deviceId, isReplacement, ...props }: MfaOtpVerificationProps) {
  const screen = { name: 'OtpVerification', deviceId, isReplacement } as const;
  return <Inline Screen={OtpVerification} screen={screen} props={props} />;
}

export type MfaEnterBackupCodesProps = MfaScreenProps & MfaProofProps;

/** Asks for a backup code. Tells `verified` with how many are left, `wasLocked`. */
export function MfaEnterBackupCodes(props: MfaEnterBackupCodesProps) {
  return <Inline Screen={EnterBackupCodes} screen={{ name: 'EnterBackupCodes' }} props={props} />;
}

export type MfaRecoveryUsedProps = MfaScreenProps & Pick<FieldsOf<'RecoveryUsed'>, 'left'>;

/** How many backup codes are left, and what to do about it. Tells `enrolRequested`, `newCodesRequested`, `finished`. */
export function MfaRecoveryUsed({ left, ...props }: MfaRecoveryUsedProps) {
  return <Inline Screen={RecoveryUsed} screen={{ name: 'RecoveryUsed', left }} props={props} />;
}

export type MfaViewBackupCodesProps = MfaScreenProps & Partial<FieldsOf<'ViewBackupCodes'>>;

/** Shows the codes that wait to be saved; with `isNewSet`, makes new ones. Tells `codesSaved`. */
export function MfaViewBackupCodes({ isNewSet = false, ...props }: MfaViewBackupCodesProps) {
  return <Inline Screen={ViewBackupCodes} screen={{ name: 'ViewBackupCodes', isNewSet }} props={props} />;
}

export type MfaManageDevicesProps = MfaScreenProps & FieldsOf<'ManageDevices'>;

/** The person's ways to confirm, to add, replace and remove. Tells `enrolRequested`, `newCodesRequested`, `proofRequired`. */
export function MfaManageDevices({ resume, ...props }: MfaManageDevicesProps) {
  return <Inline Screen={ManageDevices} screen={{ name: 'ManageDevices', resume }} props={props} />;
}

export type MfaLockedProps = MfaScreenProps &
  FieldsOf<'Locked'> & { ways?: readonly Method[]; locks?: readonly Lock[] };

/** Counts down until codes are taken again. Tells `lockEnded`, `methodChosen`. */
export function MfaLocked({ method, lockedUntil, ...props }: MfaLockedProps) {
  const screen = { name: 'Locked', method, lockedUntil, retry: { name: 'OtpVerification' } } as const;
  return <Inline Screen={Locked} screen={screen} props={props} />;
}

export type MfaSignInAgainProps = MfaScreenProps;

/** Says why a fresh sign-in is needed, and signs out. */
export function MfaSignInAgain(props: MfaSignInAgainProps) {
  return <Inline Screen={SignInAgain} screen={{ name: 'SignInAgain' }} props={props} />;
}

export type MfaSuccessProps = MfaScreenProps & FieldsOf<'Success'>;

/** The tick. Tells `finished` after 900 ms, or at once on any key. */
export function MfaSuccess({ task, ...props }: MfaSuccessProps) {
  return <Inline Screen={Success} screen={{ name: 'Success', task }} props={props} />;
}
