'use client';

import { useEffect, useState } from 'react';
import type { ManageIntent } from '../../controller/screens.js';
import { useMfaDevices } from '../../hooks/useMfaDevices.js';
import { useMfaMethods } from '../../hooks/useMfaMethods.js';
import { useMfaSettings } from '../../hooks/useMfaSettings.js';
import { usePasskeys } from '../../hooks/usePasskeys.js';
import { useRemoveDevice } from '../../hooks/useRemoveDevice.js';
import { useRemovePasskey } from '../../hooks/useRemovePasskey.js';
import { useRenamePasskey } from '../../hooks/useRenamePasskey.js';
import { useSetDefaultDevice } from '../../hooks/useSetDefaultDevice.js';
import { isAppInUse, type MFADevice } from '../../wire/devices.js';
import { readFailure, sayFailure } from '../messages/failure.js';
import type { ConnectedScreenProps } from './ConnectedScreen.js';
import { follow } from './detour.js';
import { useAddable } from './useAddable.js';
import { usePlaces } from './usePlaces.js';
import { ManageDevicesView } from './views/ManageDevicesView.js';
import type { ManagedDevice } from './views/ManagedApp.js';
import { type ManagedPasskeyItem, nameOfPasskey } from './views/ManagedPasskey.js';

/** Intents that were taken up again: effects run more than once, the person has asked once. */
const resumed = new WeakSet<ManageIntent>();

export function ManageDevices({ screen, frame, onEvent }: ConnectedScreenProps<'ManageDevices'>) {
  const devices = useMfaDevices();
  const passkeys = usePasskeys();
  const methods = useMfaMethods();
  const settings = useMfaSettings();
  const { addable } = useAddable();
  const placeOf = usePlaces((passkeys.data?.length ?? 0) > 0);
  const removal = useRemoveDevice();
  const preference = useSetDefaultDevice();
  const passkeyRemoval = useRemovePasskey();
  const renaming = useRenamePasskey();
  const [problem, setProblem] = useState<string>();
  const [notice, setNotice] = useState<string>();

  const items = passkeys.data?.map(
    (passkey): ManagedPasskeyItem => ({
      id: passkey.id,
      name: passkey.alias,
      place: placeOf(passkey),
      addedAt: passkey.createdAt,
      lastUsedAt: passkey.lastUsedAt,
    }),
  );

  /** Waits for a change. A fresh proof that is wanted first is asked for, and what was intended then done by itself. */
  const settle = async (change: Promise<unknown>, resume?: ManageIntent): Promise<boolean> => {
    setNotice(undefined);
    try {
      await change;
      setProblem(undefined);
      return true;
    } catch (error) {
      const failure = follow(error, { name: 'ManageDevices', resume: resume && { ...resume } }, 'totp', onEvent);
      setProblem(failure && sayFailure(frame.language, failure));
      return false;
    }
  };

  const removePasskey = async (intent: Extract<ManageIntent, { kind: 'removePasskey' }>): Promise<boolean> => {
    const item = items?.find(({ id }) => id === intent.passkeyId);
    const isRemoved = await settle(passkeyRemoval.mutateAsync({ passkeyId: intent.passkeyId }), intent);
    // A browser that can tell the password manager has done so; a security key is wherever its owner keeps it.
    if (isRemoved && item && item.place.kind !== 'key' && !canSignal()) {
      setNotice(frame.language.say('manage.removed', { name: nameOfPasskey(frame.language, item) }));
    }
    return isRemoved;
  };

  const act = async (intent: ManageIntent): Promise<boolean> => {
    switch (intent.kind) {
      case 'remove':
        return settle(removal.mutateAsync({ deviceId: intent.deviceId }), intent);
      case 'removePasskey':
        return removePasskey(intent);
      case 'renamePasskey':
        return settle(renaming.mutateAsync({ passkeyId: intent.passkeyId, alias: intent.alias }), intent);
      case 'replace':
        onEvent({ type: 'enrolRequested', isReplacement: true });
        return true;
      case 'newCodes':
        onEvent({ type: 'newCodesRequested' });
        return true;
    }
  };

  const { resume } = screen;
  useEffect(() => {
    let isGone = false;
    // After StrictMode has unmounted and mounted again, which would end the change at once.
    queueMicrotask(() => {
      if (!resume || isGone || resumed.has(resume)) return;
      resumed.add(resume);
      void act(resume);
    });
    return () => {
      isGone = true;
    };
  });

  const busy =
    [removal, preference].find((one) => one.isPending)?.variables?.deviceId ??
    [passkeyRemoval, renaming].find((one) => one.isPending)?.variables?.passkeyId;
  const unread = (devices.data ? null : devices.error) ?? (passkeys.data ? null : passkeys.error);
  const isReading = devices.isFetching || passkeys.isFetching;
  return (
    <ManageDevicesView
      frame={frame}
      devices={devices.data?.filter(isAppInUse).map(toManaged)}
      passkeys={items}
      codesLeft={methods.data?.factors?.recovery.left}
      isRequired={settings.data?.security.mfa.enrollment === 'signup'}
      addable={addable}
      busy={busy}
      error={unread && !isReading ? sayFailure(frame.language, readFailure(unread)) : problem}
      notice={notice}
      onRetry={() => void Promise.all([devices.refetch(), passkeys.refetch()])}
      onAdd={(method) => onEvent({ type: 'enrolRequested', isReplacement: false, method })}
      onReplace={() => void act({ kind: 'replace' })}
      onRemove={(deviceId) => void act({ kind: 'remove', deviceId })}
      onMakeDefault={(deviceId) => void settle(preference.mutateAsync({ deviceId }))}
      onRenamePasskey={(passkeyId, alias) => act({ kind: 'renamePasskey', passkeyId, alias })}
      onRemovePasskey={(passkeyId) => void act({ kind: 'removePasskey', passkeyId })}
      onNewCodes={() => void act({ kind: 'newCodes' })}
    />
  );
}

/** The browser tells the password manager that a passkey is gone (WebAuthn L3 §5.1.10). */
const canSignal = (): boolean =>
  typeof PublicKeyCredential === 'function' && 'signalUnknownCredential' in PublicKeyCredential;

const toManaged = (device: MFADevice): ManagedDevice => ({
  id: device.id ?? '',
  name: device.alias,
  addedAt: device.verifiedAt ?? device.createdAt,
  lastUsedAt: device.lastUsedAt,
  isDefault: device.default,
});
