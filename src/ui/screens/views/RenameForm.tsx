import { type FormEvent, type KeyboardEvent, useId } from 'react';
import type { Language } from '../../messages/Language.js';
import { Button } from '../../parts/Button.js';
import { part } from '../../parts/part.js';
import { NAME_LENGTH } from '../place.js';

export interface RenameFormProps {
  language: Language;
  /** What it is called now. */
  name: string;
  isBusy: boolean;
  onCancel: () => void;
  onRename: (name: string) => void;
}

/** A new name, in place: Enter takes it, Escape leaves it as it was. */
export function RenameForm({ language, name, isBusy, onCancel, onRename }: RenameFormProps) {
  const id = useId();
  const submitted = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const field = event.currentTarget.elements.namedItem('name');
    const chosen = field instanceof HTMLInputElement ? field.value.trim() : '';
    if (isBusy) return;
    if (chosen && chosen !== name) onRename(chosen);
    else onCancel();
  };
  const pressed = (event: KeyboardEvent) => {
    if (event.key === 'Escape') onCancel();
  };
  return (
    <form {...part('confirm')} noValidate onSubmit={submitted}>
      <label {...part('hidden')} htmlFor={id}>
        {language.say('manage.rename.label', { name })}
      </label>
      <input
        {...part('field', isBusy ? 'pending' : 'idle')}
        id={id}
        ref={selectOnce}
        name="name"
        type="text"
        dir="auto"
        maxLength={NAME_LENGTH}
        autoComplete="off"
        enterKeyHint="done"
        readOnly={isBusy}
        defaultValue={name}
        // The dialog leaves the key to it.
        data-mfa-escape=""
        onKeyDown={pressed}
      />
      <div {...part('device-actions')}>
        <Button onClick={onCancel}>{language.say('cancel')}</Button>
        <Button type="submit" isPending={isBusy}>
          {language.say('manage.rename.save')}
        </Button>
      </div>
    </form>
  );
}

/** The field takes the focus from the button that brought it up; typing replaces the old name. */
const selectOnce = (field: HTMLInputElement | null): void => {
  field?.focus();
  field?.select();
};
