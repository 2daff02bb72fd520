'use client';

import type { ComponentType } from 'react';
import type { Lock, Method, PromptRequest, Screen, ScreenEvent, ScreenName } from '../controller/screens.js';
import type { MfaActionTexts } from './actionTexts.js';
import type { MessageOverrides } from './messages/Catalogue.js';
import { english } from './messages/Language.js';
import { useLanguage } from './messages/useLanguage.js';
import { approvalOf } from './screens/approvalOf.js';
import { ChooseType } from './screens/ChooseType.js';
import type { ConnectedScreenProps } from './screens/ConnectedScreen.js';
import { EnterBackupCodes } from './screens/EnterBackupCodes.js';
import { Locked } from './screens/Locked.js';
import { ManageDevices } from './screens/ManageDevices.js';
import { OtpVerification } from './screens/OtpVerification.js';
import { PasskeyPrompt } from './screens/PasskeyPrompt.js';
import { PasskeySaved } from './screens/PasskeySaved.js';
import { QrCode } from './screens/QrCode.js';
import { Reauthenticate } from './screens/Reauthenticate.js';
import { RecoveryUsed } from './screens/RecoveryUsed.js';
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

/** What a proof is asked for, on screens that take one or are on the way to it. */
export type MfaProofProps = Omit<PromptRequest, 'purpose'> & {
  /** Your actions in your words, as for `<MfaProvider>`. */
  actions?: MfaActionTexts;
};

type FieldsOf<TName extends ScreenName> = Omit<Extract<Screen, { name: TName }>, 'name' | 'then' | 'retry'>;

interface InlineProps<TName extends ScreenName> {
  Screen: ComponentType<ConnectedScreenProps<TName>>;
  screen: Extract<Screen, { name: TName }>;
  props: MfaScreenProps &
    MfaProofProps & {
      ways?: readonly Method[];
      locks?: readonly Lock[];
      unsupported?: readonly Method[];
      reauthenticate?: () => Promise<string>;
    };
}

const none: readonly never[] = [];

function Inline<TName extends ScreenName>({ Screen, screen, props }: InlineProps<TName>) {
  const { onEvent, onBack, onAnotherWay, onCancel, locale, messages } = props;
  const request: PromptRequest = { ...props, purpose: 'screen' };
  const language = useLanguage(locale, messages) ?? english;
  return (
    <Screen
      screen={screen}
      request={request}
      ways={props.ways ?? none}
      locks={props.locks ?? none}
      unsupported={props.unsupported ?? none}
      frame={{
        language,
        onBack,
        onAnotherWay,
        approval: approvalOf(screen, request, { language, actions: props.actions }),
        leave: onCancel && { kind: 'cancel', onLeave: onCancel },
      }}
      reauthenticate={props.reauthenticate}
      onEvent={onEvent}
    />
  );
}

export type MfaChooseTypeProps = MfaScreenProps &
  MfaProofProps &
  FieldsOf<'ChooseType'> & { ways: readonly Method[]; locks?: readonly Lock[]; unsupported?: readonly Method[] };

/** Which second step to add (`task="enrol"`), or which way to confirm (`task="verify"`). Tells `methodChosen`. */
export function MfaChooseType(props: MfaChooseTypeProps) {
  return <Inline Screen={ChooseType} screen={{ name: 'ChooseType', task: props.task }} props={props} />;
}

export type MfaQrCodeProps = MfaScreenProps & MfaProofProps & Partial<FieldsOf<'QrCode'>>;

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

export type MfaPasskeyPromptProps = MfaScreenProps & MfaProofProps & FieldsOf<'PasskeyPrompt'>;

/**
 * Makes a passkey (`task="enrol"`), or asks for one. Tells `verified`, with `passkey` where one was made, and `finished`
 * where there is one already.
 */
export function MfaPasskeyPrompt({ task, ...props }: MfaPasskeyPromptProps) {
  return <Inline Screen={PasskeyPrompt} screen={{ name: 'PasskeyPrompt', task }} props={props} />;
}

export type MfaPasskeySavedProps = MfaScreenProps & FieldsOf<'PasskeySaved'>;

/** Where a passkey just made is kept, and a name to change. Tells `passkeyNamed`. */
export function MfaPasskeySaved({ passkey, ...props }: MfaPasskeySavedProps) {
  const screen = { name: 'PasskeySaved', passkey, then: { name: 'Success', task: 'enrolled' } } as const;
  return <Inline Screen={PasskeySaved} screen={screen} props={props} />;
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
  MfaProofProps &
  FieldsOf<'Locked'> & { ways?: readonly Method[]; locks?: readonly Lock[]; unsupported?: readonly Method[] };

/** Counts down until codes are taken again. Tells `lockEnded`, `methodChosen`. */
export function MfaLocked({ method, lockedUntil, ...props }: MfaLockedProps) {
  const screen = { name: 'Locked', method, lockedUntil, retry: { name: 'OtpVerification' } } as const;
  return <Inline Screen={Locked} screen={screen} props={props} />;
}

export type MfaReauthenticateProps = MfaScreenProps &
  MfaProofProps & {
    /** Your own sign-in, once more: gives its fresh JWT. Without it a code is sent by e-mail, or the person signed out. */
    reauthenticate?: () => Promise<string>;
  };

/** Asks for the first factor again. Tells `reauthenticated`. */
export function MfaReauthenticate(props: MfaReauthenticateProps) {
  return <Inline Screen={Reauthenticate} screen={{ name: 'Reauthenticate' }} props={props} />;
}

export type MfaSuccessProps = MfaScreenProps & FieldsOf<'Success'>;

/** The tick. Tells `finished` after 900 ms, or at once on any key. */
export function MfaSuccess({ task, ...props }: MfaSuccessProps) {
  return <Inline Screen={Success} screen={{ name: 'Success', task }} props={props} />;
}
