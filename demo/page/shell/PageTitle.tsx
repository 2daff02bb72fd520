import { type ReactNode, useEffect, useRef } from 'react';

/** The page's heading: names the document, and takes focus when a page replaces another, so that it is read out. */
export const PageTitle = ({ children, isQuiet }: { children: string; isQuiet?: boolean }): ReactNode => {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = `${children} · Harbor`;
    if (document.activeElement === null || document.activeElement === document.body) heading.current?.focus();
  }, [children]);
  return (
    <h1 ref={heading} tabIndex={-1} className={isQuiet ? 'page-title-quiet' : undefined}>
      {children}
    </h1>
  );
};
