import { useEffect, useId, useRef } from 'react';
import type { Language } from '../messages/Language.js';
import { Button } from './Button.js';
import { part } from './part.js';

export interface LeaveQuestionProps {
  language: Language;
  /** What would be left behind: an enrolment that is not done, or codes that are not saved. */
  of: 'setup' | 'codes';
  onStay: () => void;
  onLeave: () => void;
}

/** Asked before a secret on screen is lost. */
export function LeaveQuestion({ language, of, onStay, onLeave }: LeaveQuestionProps) {
  const id = useId();
  const root = useRef<HTMLDivElement>(null);
  useEffect(() => root.current?.querySelector('button')?.focus(), []);
  return (
    <div
      {...part('question')}
      ref={root}
      role="alertdialog"
      aria-labelledby={`${id}-title`}
      aria-describedby={`${id}-help`}
    >
      <h3 {...part('title')} id={`${id}-title`}>
        {language.say(`leave.${of}.title`)}
      </h3>
      <p {...part('help')} id={`${id}-help`}>
        {language.say(`leave.${of}.help`)}
      </p>
      <Button variant="primary" onClick={onStay}>
        {language.say('leave.stay')}
      </Button>
      <Button variant="quiet" onClick={onLeave}>
        {language.say('leave.leave')}
      </Button>
    </div>
  );
}
