import type { ReactNode } from 'react';

interface FactorProps {
  mark: ReactNode;
  title: string;
  /** How it stands; undefined while that is being read. */
  badge: string | undefined;
  isGood: boolean;
  help: string;
  /** What can be done about it. */
  act?: ReactNode;
  /** More of it, below. */
  children?: ReactNode;
}

/** A row of the second-step card. */
export const Factor = ({ mark, title, badge, isGood, help, act, children }: FactorProps) => (
  <li>
    <span className="factor-mark">{mark}</span>
    <span className="factor-words">
      <span className="factor-title">
        {title}
        {badge === undefined ? (
          <span className="skeleton" />
        ) : (
          <span className="badge" data-kind={isGood ? 'good' : 'warning'}>
            {badge}
          </span>
        )}
      </span>
      <span className="quiet small">{help}</span>
    </span>
    <span className="factor-acts">{act}</span>
    {children}
  </li>
);
