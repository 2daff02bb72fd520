'use client';

import { useEffect, useState } from 'react';
import type { ManageIntent } from '../../controller/screens.js';
import { useMfaDevices } from '../../hooks/useMfaDevices.js';
import { useMfaMethods } from '../../hooks/useMfaMethods.js';
import { useMfaSettings } from '../../hooks/useMfaSettings.js';
import { useRemoveDevice } from '../../hooks/useRemoveDevice.js';
import { useSetDefaultDevice } from '../../hooks/useSetDefaultDevice.js';
import type { MFADevice } from '../../wire/devices.js';
import { readFailure, sayFailure } from '../messages/failure.js';
import type { ConnectedScreenProps } from './ConnectedScreen.js';
import { follow } from './detour.js';
import { ManageDevicesView, type ManagedDevice } from './views/ManageDevicesView.js';

/** Intents that were taken up again: effects run more than once, the person has asked once. */
const resumed = new WeakSet<ManageIntent>();

export function ManageDevices({ screen, frame, onEvent }: ConnectedScreenProps<'ManageDevices'>) {
  const devices = useMfaDevices();
  const methods = useMfaMethods();
  const settings = useMfaSettings();
  const removal = useRemoveDevice();
  const preference = useSetDefaultDevice();
  const [problem, setProblem] = useState<string>();

  /** Does something to a device. A fresh proof that is wanted first is asked for, and the removal then done by itself. */
  const change = (deviceId: string, act: (variables: { deviceId: string }) => Promise<void>) =>
    act({ deviceId }).then(
      () => setProblem(undefined),
      (error: unknown) => {
        const resume: ManageIntent | undefined = act === removal.mutateAsync ? { kind: 'remove', deviceId } : undefined;
        const failure = follow(error, { name: 'ManageDevices', resume }, 'totp', onEvent);
        setProblem(failure && sayFailure(frame.language, failure));
      },
    );

  const { resume } = screen;
  useEffect(() => {
    let isGone = false;
    // After StrictMode has unmounted and mounted again, which would end the change at once.
    queueMicrotask(() => {
      if (!resume || isGone || resumed.has(resume)) return;
      resumed.add(resume);
      if (resume.kind === 'remove') void change(resume.deviceId, removal.mutateAsync);
      else if (resume.kind === 'replace') onEvent({ type: 'enrolRequested', isReplacement: true });
      else onEvent({ type: 'newCodesRequested' });
    });
    return () => {
      isGone = true;
    };
  });

  const mfa = settings.data?.security.mfa;
  const reading = devices.data ? null : devices.error;
  return (
    <ManageDevicesView
      frame={frame}
      devices={devices.data?.filter((device) => device.verified).map(toManaged)}
      codesLeft={methods.data?.factors?.recovery.left}
      isRequired={mfa?.enrollment === 'signup'}
      canAdd={mfa?.methods.some(({ type, enabled }) => type === 'totp' && enabled)}
      busy={[removal, preference].find((one) => one.isPending)?.variables?.deviceId}
      error={reading && !devices.isFetching ? sayFailure(frame.language, readFailure(reading)) : problem}
      onRetry={() => void devices.refetch()}
      onAdd={() => onEvent({ type: 'enrolRequested', isReplacement: false })}
      onReplace={() => onEvent({ type: 'enrolRequested', isReplacement: true })}
      onRemove={(deviceId) => void change(deviceId, removal.mutateAsync)}
      onMakeDefault={(deviceId) => void change(deviceId, preference.mutateAsync)}
      onNewCodes={() => onEvent({ type: 'newCodesRequested' })}
    />
  );
}

const toManaged = (device: MFADevice): ManagedDevice => ({
  id: device.id ?? '',
  name: device.alias,
  addedAt: device.verifiedAt ?? device.createdAt,
  lastUsedAt: device.lastUsedAt,
  isDefault: device.default,
});
