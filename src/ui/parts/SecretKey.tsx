import { useRef } from 'react';
import type { Language } from '../messages/Language.js';
import { Button } from './Button.js';
import { ErrorMessage } from './ErrorMessage.js';
import { Icon } from './Icon.js';
import { part } from './part.js';
import { useCopy } from './useCopy.js';

export interface SecretKeyProps {
  language: Language;
  /** Base32. */
  secret: string;
}

/** The setup key in groups of four, to be typed or copied (the copy has no spaces). */
export function SecretKey({ language, secret }: SecretKeyProps) {
  const key = useRef<HTMLElement>(null);
  const [state, copy] = useCopy(key);
  const bare = secret.replace(/\s/g, '');
  return (
    <div {...part('secret')}>
      <code {...part('secret-key')} ref={key} data-mfa-secret="" dir="ltr" translate="no">
        {bare.replace(/(.{4})(?=.)/g, '$1 ')}
      </code>
      <Button
        aria-label={state === 'done' ? language.say('copied') : language.say('copy.key')}
        icon={<Icon name={state === 'done' ? 'check' : 'copy'} size={18} />}
        onClick={() => void copy(bare)}
      >
        {language.say(state === 'done' ? 'copied' : 'copy')}
      </Button>
      {state === 'failed' && <ErrorMessage>{language.say('copy.failed')}</ErrorMessage>}
    </div>
  );
}
