import { type FormEvent, useId, useState } from 'react';
import { Button } from '../../parts/Button.js';
import { ErrorMessage } from '../../parts/ErrorMessage.js';
import { Frame, type FrameSettings } from '../../parts/Frame.js';
import { part } from '../../parts/part.js';
import { NAME_LENGTH, type Place, placeIcons, sayPlace, saySync } from '../place.js';

export interface PasskeySavedViewProps {
  frame: FrameSettings;
  /** Where it is kept. */
  place: Place;
  /** What it is called now, where it has a name already. */
  name?: string | undefined;
  isPending?: boolean;
  /** Why the name was not taken. */
  error?: string | undefined;
  /** Gets the name in the field, also where it is the one suggested; undefined when that is its name already. */
  onContinue: (name: string | undefined) => void;
}

/** A passkey was made: where it is, and what to call it. */
export function PasskeySavedView({ frame, place, name, isPending, error, onContinue }: PasskeySavedViewProps) {
  const { language } = frame;
  const say = language.say;
  const id = useId();
  const where = sayPlace(language, place);
  const suggested = name ?? where;
  const [typed, setTyped] = useState<string>();

  const submitted = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const chosen = typed?.trim() || suggested;
    if (!isPending) onContinue(chosen === name ? undefined : chosen);
  };
  return (
    <Frame
      frame={frame}
      name="PasskeySaved"
      mark={placeIcons[place.kind]}
      title={say('saved.title')}
      help={say('saved.help')}
    >
      <div {...part('account')}>
        <b>{where}</b>
        <br />
        {saySync(language, place)}
      </div>
      <form {...part('form')} noValidate onSubmit={submitted}>
        <label {...part('label')} htmlFor={id}>
          {say('saved.name')}
        </label>
        <input
          {...part('field', isPending ? 'pending' : 'idle')}
          id={id}
          name="passkey-name"
          type="text"
          dir="auto"
          maxLength={NAME_LENGTH}
          autoComplete="off"
          enterKeyHint="done"
          readOnly={isPending}
          aria-describedby={`${id}-message`}
          value={typed ?? suggested}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
        <ErrorMessage id={`${id}-message`}>{error}</ErrorMessage>
        <Button variant="primary" type="submit" data-mfa-first="" isPending={isPending}>
          {say('continue')}
        </Button>
        {error && (
          <Button isPending={isPending} onClick={() => onContinue(undefined)}>
            {say('saved.keep')}
          </Button>
        )}
      </form>
    </Frame>
  );
}
