'use client';

import { useAddPasskey } from '../../hooks/useAddPasskey.js';
import { useAuthenticatePasskey } from '../../hooks/useAuthenticatePasskey.js';
import { usePasskeyAuthentication } from '../../hooks/usePasskeyAuthentication.js';
import { type UsePasskeyCapabilitiesReturnType, usePasskeyCapabilities } from '../../hooks/usePasskeyCapabilities.js';
import { usePasskeyRegistration } from '../../hooks/usePasskeyRegistration.js';
import { type Failure, type FailureKind, sayFailure, toneOf } from '../messages/failure.js';
import { useLateBy } from '../parts/useLateBy.js';
import { type ConnectedScreenProps, proofOf } from './ConnectedScreen.js';
import { useCeremony } from './useCeremony.js';
import { useFailure } from './useFailure.js';
import { PasskeyPromptView, type PasskeyReach } from './views/PasskeyPromptView.js';

type Props = ConnectedScreenProps<'PasskeyPrompt'>;

/** Makes a passkey, or asks for one. */
export function PasskeyPrompt(props: Props) {
  return props.screen.task === 'enrol' ? <Making {...props} /> : <Asking {...props} />;
}

function Making(props: Props) {
  const { mutateAsync: add } = useAddPasskey();
  const preparation = usePasskeyRegistration();
  const ceremony = useCeremony({
    ...props,
    prepared: preparation.isFetching ? undefined : preparation.data,
    send: (credential) => add({ credential, ...proofOf(props.screen, props.request, 'passkey') }),
    requiresVerification: preparation.data?.options.authenticatorSelection.userVerification === 'required',
    // What is made, and where, is the person's to know before it is asked.
    isAutomatic: false,
  });
  return <Shown {...props} preparation={preparation} ceremony={ceremony} />;
}

function Asking(props: Props) {
  const { mutateAsync: authenticate } = useAuthenticatePasskey();
  const preparation = usePasskeyAuthentication();
  const ceremony = useCeremony({
    ...props,
    prepared: preparation.isFetching ? undefined : preparation.data,
    send: (credential) => authenticate({ credential, ...proofOf(props.screen, props.request, 'passkey') }),
    requiresVerification: preparation.data?.options.userVerification === 'required',
    isAutomatic: true,
  });
  return <Shown {...props} preparation={preparation} ceremony={ceremony} />;
}

/** Milliseconds after which an unanswered question may be somewhere else than the person looks. */
const PATIENCE = 15_000;

/** Failures after which trying again changes nothing. */
const final = new Set<FailureKind>([
  'passkeyUnsupported',
  'passkeyInsecure',
  'passkeyFramed',
  'passkeyNone',
  'passkeyRegistered',
  'passkeyLimit',
]);

const obstacles: Readonly<Record<Exclude<UsePasskeyCapabilitiesReturnType['support'], 'supported'>, FailureKind>> = {
  unsupported: 'passkeyUnsupported',
  insecure_context: 'passkeyInsecure',
  cross_origin_frame: 'passkeyFramed',
};

/** Best first. A browser that does not say what it has is taken to be like most. */
const reachesOf = ({ hasPlatformAuthenticator, hasHybrid }: UsePasskeyCapabilitiesReturnType): PasskeyReach[] => {
  if (hasPlatformAuthenticator !== false) return ['platform', 'key'];
  return hasHybrid ? ['phone', 'key'] : ['key'];
};

interface ShownProps extends Props {
  preparation: { error: unknown; isFetching: boolean; refetch: () => unknown };
  ceremony: ReturnType<typeof useCeremony>;
}

function Shown({ screen, frame, onEvent, preparation, ceremony }: ShownProps) {
  const capabilities = usePasskeyCapabilities();
  const isSlow = useLateBy(PATIENCE, ceremony.status === 'running');
  const unprepared = useFailure(preparation.error, screen, 'passkey', onEvent);
  const { support, isKnown, hasHybrid } = capabilities;
  const failure: Failure | undefined =
    support === 'supported' ? (ceremony.failure ?? unprepared) : { kind: obstacles[support] };
  const isFinal = [failure, unprepared].some((one) => one && final.has(one.kind));
  const isHeld = failure?.kind === 'passkeyRegistered' || failure?.kind === 'passkeyLimit';

  const status = () => {
    if (isFinal) return 'impossible';
    if (ceremony.status !== 'idle') return ceremony.status;
    return preparation.isFetching || !isKnown ? 'preparing' : 'ready';
  };
  const message = () => {
    if (ceremony.status === 'running' && isSlow) return frame.language.say('passkey.slow');
    return ceremony.status === 'idle' && failure ? sayFailure(frame.language, failure) : undefined;
  };
  return (
    <PasskeyPromptView
      frame={frame}
      task={screen.task}
      status={status()}
      reaches={reachesOf(capabilities)}
      hasPhone={hasHybrid}
      message={message()}
      tone={ceremony.status === 'idle' && failure ? toneOf(failure) : 'info'}
      isRetry={ceremony.isRetry || unprepared !== undefined}
      onStart={unprepared ? () => void preparation.refetch() : ceremony.begin}
      onStop={ceremony.stop}
      onManage={isHeld ? () => onEvent({ type: 'finished' }) : undefined}
    />
  );
}
