import { useState } from 'react';
import type { Language } from '../../messages/Language.js';
import { Button } from '../../parts/Button.js';
import { part } from '../../parts/part.js';
import { ConfirmRemoval, ManagedRow } from './ManagedRow.js';

/** An enrolled authenticator app as the list shows it. */
export interface ManagedDevice {
  id: string;
  /** The person's own name for it. */
  name?: string | undefined;
  /** ISO 8601 */
  addedAt?: string | undefined;
  lastUsedAt?: string | null | undefined;
  isDefault?: boolean | undefined;
}

export interface ManagedAppProps {
  language: Language;
  device: ManagedDevice;
  /** There is no other app. */
  isOnlyApp: boolean;
  /** Names of what is left without it. */
  rest: readonly string[];
  /** A second step is required here. */
  isRequired: boolean;
  isBusy: boolean;
  onReplace: () => void;
  onMakeDefault: () => void;
  onRemove: () => void;
}

export const nameOfApp = (language: Language, { name }: ManagedDevice): string => name ?? language.say('method.totp');

export function ManagedApp({ language, device, isOnlyApp, rest, isRequired, isBusy, ...act }: ManagedAppProps) {
  const say = language.say;
  const [isAsking, setAsking] = useState(false);
  const isKept = isRequired && rest.length === 0;
  const name = nameOfApp(language, device);
  return (
    <ManagedRow
      icon="phone"
      name={name}
      badge={device.isDefault && !isOnlyApp ? say('manage.default') : undefined}
      lines={datesOf(language, device)}
      state={isBusy ? 'pending' : 'idle'}
    >
      {isAsking ? (
        <ConfirmRemoval
          language={language}
          name={name}
          rest={rest}
          isBusy={isBusy}
          onKeep={() => setAsking(false)}
          onRemove={act.onRemove}
        />
      ) : (
        <fieldset {...part('device-actions')} aria-label={say('manage.actions', { name })}>
          {(isOnlyApp || device.isDefault) && <Button onClick={act.onReplace}>{say('manage.replace')}</Button>}
          {!isOnlyApp && !device.isDefault && (
            <Button isPending={isBusy} onClick={act.onMakeDefault}>
              {say('manage.makeDefault')}
            </Button>
          )}
          {!isKept && <Button onClick={() => setAsking(true)}>{say('manage.remove')}</Button>}
        </fieldset>
      )}
      {isKept && <p {...part('notice')}>{say('manage.lastRequired')}</p>}
    </ManagedRow>
  );
}

/** When it was added and when it was used. */
export const datesOf = (language: Language, { addedAt, lastUsedAt }: Omit<ManagedDevice, 'id'>) => [
  addedAt && language.say('manage.added', { date: language.day(addedAt) }),
  lastUsedAt ? language.say('manage.lastUsed', { when: language.ago(lastUsedAt) }) : language.say('manage.neverUsed'),
];
