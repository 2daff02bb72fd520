import type { ReactNode } from 'react';

/** One of a few: a radio button with its words beside it. */
export const Choice = (props: { name: string; isChosen: boolean; onChoose: () => void; children: ReactNode }) => (
  <label className="choice">
    <input type="radio" name={props.name} checked={props.isChosen} onChange={props.onChoose} />
    {props.children}
  </label>
);
