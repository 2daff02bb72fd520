import { useEffect, useRef, useState } from 'react';
import type { Language } from '../../messages/Language.js';
import { Button } from '../../parts/Button.js';
import { part } from '../../parts/part.js';
import { type Place, placeIcons, sayPlace, saySync } from '../place.js';
import { datesOf } from './ManagedApp.js';
import { ConfirmRemoval, ManagedRow } from './ManagedRow.js';
import { RenameForm } from './RenameForm.js';

/** A passkey as the list shows it. */
export interface ManagedPasskeyItem {
  id: string;
  /** The person's own name for it. */
  name?: string | undefined;
  place: Place;
  /** ISO 8601 */
  addedAt?: string | undefined;
  lastUsedAt?: string | null | undefined;
}

export interface ManagedPasskeyProps {
  language: Language;
  passkey: ManagedPasskeyItem;
  /** Names of what is left without it. */
  rest: readonly string[];
  /** A second step is required here. */
  isRequired: boolean;
  isBusy: boolean;
  /** Resolves once the name is taken; false when it was not. */
  onRename: (name: string) => Promise<boolean>;
  onRemove: () => void;
}

export const nameOfPasskey = (language: Language, { name, place }: ManagedPasskeyItem): string =>
  name ?? sayPlace(language, place);

export function ManagedPasskey({
  language,
  passkey,
  rest,
  isRequired,
  isBusy,
  onRename,
  onRemove,
}: ManagedPasskeyProps) {
  const say = language.say;
  const [doing, setDoing] = useState<'renaming' | 'removing'>();
  const [hasRenamed, setRenamed] = useState(false);
  const renameButton = useRef<HTMLButtonElement>(null);
  // The form takes the button's place, and with it the focus; both go back.
  useEffect(() => {
    if (hasRenamed && !doing) renameButton.current?.focus();
  }, [hasRenamed, doing]);

  const name = nameOfPasskey(language, passkey);
  const what = [
    say('method.passkey'),
    passkey.name && sayPlace(language, passkey.place),
    saySync(language, passkey.place),
  ];
  const isKept = isRequired && rest.length === 0;
  return (
    <ManagedRow
      icon={placeIcons[passkey.place.kind]}
      name={name}
      lines={[what.filter(Boolean).join(' · '), ...datesOf(language, passkey)]}
      state={isBusy ? 'pending' : 'idle'}
    >
      {doing === 'renaming' && (
        <RenameForm
          language={language}
          name={name}
          isBusy={isBusy}
          onCancel={() => setDoing(undefined)}
          onRename={(chosen) =>
            void onRename(chosen).then((isTaken) => {
              if (isTaken) setDoing(undefined);
            })
          }
        />
      )}
      {doing === 'removing' && (
        <ConfirmRemoval
          language={language}
          name={name}
          rest={rest}
          isBusy={isBusy}
          onKeep={() => setDoing(undefined)}
          onRemove={onRemove}
        />
      )}
      {!doing && (
        <fieldset {...part('device-actions')} aria-label={say('manage.actions', { name })}>
          <Button
            buttonRef={renameButton}
            onClick={() => {
              setRenamed(true);
              setDoing('renaming');
            }}
          >
            {say('manage.rename')}
          </Button>
          {!isKept && <Button onClick={() => setDoing('removing')}>{say('manage.remove')}</Button>}
        </fieldset>
      )}
      {isKept && <p {...part('notice')}>{say('manage.lastRequired.passkey')}</p>}
    </ManagedRow>
  );
}
