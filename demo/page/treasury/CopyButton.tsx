import { useState } from 'react';

/** Copies, and says whether it did: a browser may refuse. */
export const CopyButton = ({ text, what }: { text: string; what: string }) => {
  const [outcome, setOutcome] = useState<'idle' | 'copied' | 'failed'>('idle');
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(text);
      setOutcome('copied');
    } catch {
      setOutcome('failed');
    }
  };
  return (
    <>
      <button type="button" className="button" onClick={() => void copy()}>
        {outcome === 'copied' ? 'Copied' : 'Copy'}
        <span className="visually-hidden"> {what}</span>
      </button>
      <output className={outcome === 'failed' ? 'small' : 'visually-hidden'}>
        {outcome === 'failed' ? 'Copying did not work here. Select it and copy by hand.' : ''}
        {outcome === 'copied' ? 'Copied' : ''}
      </output>
    </>
  );
};
