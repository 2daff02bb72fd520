import { useRef, useState } from 'react';
import type { Language } from '../messages/Language.js';
import { Button } from './Button.js';
import { CodeGrid } from './CodeGrid.js';
import { ErrorMessage } from './ErrorMessage.js';
import { type CodesOwner, codesDocument, codesFileName, codesToCopy } from './formatCodes.js';
import { Icon, type IconName } from './Icon.js';
import { part } from './part.js';
import { saveFile } from './saveFile.js';
import { useCopy } from './useCopy.js';

export interface SaveCodesProps {
  language: Language;
  codes: readonly string[];
  owner: CodesOwner;
  /** The codes were copied, downloaded, printed, or the person says they are written down. */
  onSaved: () => void;
}

type Act = 'download' | 'print' | 'wroteDown';

/** The codes with the ways to keep them. Copying counts only when it worked. */
export function SaveCodes({ language, codes, owner, onSaved }: SaveCodesProps) {
  const say = language.say;
  const grid = useRef<HTMLOListElement>(null);
  const [copyState, copy] = useCopy(grid);
  const [hasCopied, setCopied] = useState(false);
  const [done, setDone] = useState<ReadonlySet<Act>>(new Set());

  const did = (act: Act) => {
    setDone((before) => new Set(before).add(act));
    onSaved();
  };
  const acts: { key: string; icon: IconName; isDone: boolean; label: string; act: () => void }[] = [
    {
      key: 'copy',
      icon: 'copy',
      isDone: hasCopied,
      label: say(hasCopied ? 'copied' : 'copy'),
      act: () =>
        void copy(codesToCopy(codes)).then((isCopied) => {
          setCopied(isCopied);
          if (isCopied) onSaved();
        }),
    },
    {
      key: 'download',
      icon: 'download',
      isDone: done.has('download'),
      label: say(done.has('download') ? 'codes.downloaded' : 'codes.download'),
      act: () => {
        const now = Date.now();
        saveFile(codesFileName(owner, now), codesDocument(codes, owner, language, now));
        did('download');
      },
    },
    {
      key: 'print',
      icon: 'print',
      isDone: done.has('print'),
      label: say(done.has('print') ? 'codes.printed' : 'codes.print'),
      act: () => {
        window.print();
        did('print');
      },
    },
  ];
  return (
    <>
      <CodeGrid codes={codes} label={say('codes.list')} gridRef={grid} />
      <PrintedCodes {...{ language, codes, owner }} />
      <div {...part('actions')}>
        {acts.map(({ key, icon, isDone, label, act }) => (
          <Button key={key} icon={<Icon name={isDone ? 'check' : icon} size={18} />} onClick={act}>
            {label}
          </Button>
        ))}
      </div>
      <button
        type="button"
        {...part('link', done.has('wroteDown') ? 'done' : 'idle', 'quiet')}
        onClick={() => did('wroteDown')}
      >
        <Icon name={done.has('wroteDown') ? 'check' : 'pen'} size={16} />
        <span>{say('codes.wroteDown')}</span>
      </button>
      {copyState === 'failed' && <ErrorMessage>{say('copy.failed')}</ErrorMessage>}
    </>
  );
}

/** What a printer gets, and nobody sees before: the style sheet shows it in print and hides all else. */
function PrintedCodes({ language, codes, owner }: Omit<SaveCodesProps, 'onSaved'>) {
  const [openedAt] = useState(Date.now);
  return (
    <pre {...part('print')} hidden data-mfa-secret="" dir="ltr">
      {codesDocument(codes, owner, language, openedAt)}
    </pre>
  );
}
