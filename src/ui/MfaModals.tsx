'use client';

import { useEffect, useRef, useState } from 'react';
import type { CloseReason, Method, Screen } from '../controller/screens.js';
import { isEnrolling } from '../hooks/screenKinds.js';
import { useLogOut } from '../hooks/useLogOut.js';
import { type UseModalControllerReturnType, useModalController } from '../hooks/useModal.js';
import type { MfaActionTexts } from './actionTexts.js';
import type { MessageOverrides } from './messages/Catalogue.js';
import { english } from './messages/Language.js';
import { useLanguage } from './messages/useLanguage.js';
import { Dialog, DialogTitle } from './parts/Dialog.js';
import type { Leave } from './parts/Footer.js';
import type { FrameSettings } from './parts/Frame.js';
import { LeaveQuestion } from './parts/LeaveQuestion.js';
import { qrEncoder } from './parts/qrEncoder.js';
import { Stage } from './parts/Stage.js';
import { useLateBy } from './parts/useLateBy.js';
import { CurrentScreen, useCurrent } from './screens/CurrentScreen.js';
import { setupPiece } from './screens/screens.js';

/** Look and words of the prebuilt modals. */
export interface MfaModalsProps {
  /** BCP 47. English, German and Arabic are there; others read English with your `messages`. Default: `en`. */
  locale?: string;
  /** Sentences of your own, by key. */
  messages?: MessageOverrides;
  /** Default: `auto`, what the person's system says. */
  theme?: 'light' | 'dark' | 'auto';
  /** Where in the page the dialog is put. Default: the body. */
  container?: HTMLElement | null;
  /** The nonce of a content security policy, for the one style element the scroll lock adds. */
  nonce?: string;
  /**
   * Your protected actions in your words, by name: what a prompt says is approved, and on what.
   * `{ 'wallet.waas.sign': { title: 'Send a payment', describe: ({ to }) => [{ label: 'To', value: String(to) }] } }`
   */
  actions?: MfaActionTexts;
  /**
   * Signs the person in once more with your own sign-in, from a click, and gives its fresh JWT. Asked for before a first
   * second step is added in an old session. Without it a person who signs in with you is signed out instead.
   */
  reauthenticate?: () => Promise<string>;
}

/** Milliseconds after which deciding what to show is slow enough to say so. */
const PATIENCE = 150;

/** Shows the controller's screen in a dialog. Mounted once, by the provider. */
export function MfaModals(props: MfaModalsProps) {
  const { locale, messages, theme, container, nonce, actions, reauthenticate } = props;
  const modal = useModalController();
  const logOut = useLogOut();
  const language = useLanguage(locale, messages);
  const dialog = useRef<HTMLDivElement>(null);
  const [leaving, setLeaving] = useState<(() => void) | null>(null);

  const isDeciding = modal.request !== null && !modal.screen && modal.error === undefined;
  const isSlow = useLateBy(PATIENCE, isDeciding);
  const isOpen = modal.request !== null && (!isDeciding || isSlow);
  // The last screen stays while the dialog fades away.
  const [shown, setShown] = useState(modal);
  if (isOpen && shown !== modal) setShown(modal);
  const state = isOpen ? modal : shown;

  const current = useCurrent(state, language !== undefined);
  usePrefetch(modal.screen?.name);

  /** Leaves at once, or after asking when a secret would go from the screen. */
  const leaveWith = (act: () => void) => {
    const hasSecret = dialog.current?.querySelector('[data-mfa-secret]') != null;
    if (hasSecret) setLeaving(() => act);
    else act();
  };
  const close = (reason: CloseReason) => modal.close(reason);
  const isGate = state.request?.purpose === 'session';
  const leave: Leave = {
    kind: isGate ? 'logOut' : leaveWordOf(state.screen),
    onLeave: () => leaveWith(() => (isGate ? void logOut() : close('cancelled'))),
  };
  const dismissed = (how: 'escape' | 'outside') => {
    if (leaving) setLeaving(null);
    else if (!isGate && !(how === 'outside' && hasTyped(dialog.current))) leaveWith(() => close(how));
  };

  const spoken = language ?? english;
  const frame: FrameSettings = {
    language: spoken,
    Title: DialogTitle,
    hasCross: true,
    leave,
    onBack: state.canGoBack ? state.back : undefined,
    onAnotherWay: hasAnotherWay(state) ? () => state.send({ type: 'anotherWayRequested' }) : undefined,
  };
  return (
    <Dialog
      isOpen={isOpen}
      language={spoken}
      theme={theme}
      container={container}
      nonce={nonce}
      onDismiss={dismissed}
      dialogRef={dialog}
      question={
        leaving &&
        isOpen && (
          <LeaveQuestion
            language={spoken}
            of={state.screen?.name === 'ViewBackupCodes' ? 'codes' : 'setup'}
            onStay={() => setLeaving(null)}
            onLeave={() => {
              setLeaving(null);
              leaving();
            }}
          />
        )
      }
    >
      <Stage step={current.step} direction={state.direction}>
        <CurrentScreen
          state={state}
          current={current}
          frame={frame}
          isReady={language !== undefined}
          actions={actions}
          reauthenticate={reauthenticate}
        />
      </Stage>
    </Dialog>
  );
}

const leaveWordOf = (screen: Screen | null): Leave['kind'] => {
  // A passkey that is made stays made, whatever becomes of its name: nothing is cancelled.
  if (screen?.name === 'ManageDevices' || screen?.name === 'PasskeySaved') return 'close';
  return screen?.name === 'RecoveryUsed' ? 'done' : 'cancel';
};

const methodOn: { readonly [TName in Screen['name']]?: Method } = {
  OtpVerification: 'totp',
  QrCode: 'totp',
  PasskeyPrompt: 'passkey',
  EnterBackupCodes: 'recovery',
};

/** Whether there is another way to offer: something else to add, or something else to confirm with. */
const hasAnotherWay = ({ screen, ways }: UseModalControllerReturnType): boolean => {
  const method = screen && methodOn[screen.name];
  if (!method) return false;
  // None is left that would do, once the policy has become stricter: then there is something to add.
  return ways.length === 0 ? !isEnrolling(screen) : ways.some((way) => way !== method);
};

/** Something typed would be lost by a slip of the hand; the Escape key is no slip. */
const hasTyped = (dialog: HTMLElement | null): boolean =>
  [...(dialog?.querySelectorAll<HTMLInputElement>('input[type=text]') ?? [])].some((field) => field.value !== '');

/** Loads the screens a person may come to next, once the current one is up and the page has nothing better to do. */
function usePrefetch(current: Screen['name'] | undefined): void {
  useEffect(() => {
    const load = () => {
      setupPiece.load();
      qrEncoder.load();
    };
    // Until a screen is up only the likeliest are worth the bytes, and those are loading.
    if (!current) return undefined;
    if (typeof requestIdleCallback !== 'function') {
      const timer = setTimeout(load, 200);
      return () => clearTimeout(timer);
    }
    const handle = requestIdleCallback(load);
    return () => cancelIdleCallback(handle);
  }, [current]);
}
