import type { ReactNode } from 'react';
import { ContourMap } from '../art/ContourMap.js';
import { Logo } from '../art/Logo.js';
import { DemoControls } from '../demoControls/DemoControls.js';
import { type RouteName, routes } from '../route.js';
import { ThemeButton } from './ThemeButton.js';

const titles: Record<RouteName, string> = {
  overview: 'Overview',
  treasury: 'Treasury',
  security: 'Security',
  ownUi: 'Your own UI',
};
const names: readonly RouteName[] = ['overview', 'treasury', 'security', 'ownUi'];

/** Header, navigation and footer around the pages of somebody who is in. */
export const Shell = ({ route, email, children }: { route: RouteName; email: string; children: ReactNode }) => (
  <div className="shell">
    <header className="shell-head">
      <div className="shell-bar">
        <a className="shell-brand" href={routes.overview}>
          <Logo />
          Harbor
        </a>
        <nav aria-label="Pages">
          <ul className="shell-nav">
            {names.map((name) => (
              <li key={name}>
                <a href={routes[name]} aria-current={name === route ? 'page' : undefined}>
                  {titles[name]}
                </a>
              </li>
            ))}
          </ul>
        </nav>
        <span className="shell-who">
          <span className="shell-email small quiet" title={email}>
            {email}
          </span>
          <ThemeButton />
        </span>
      </div>
    </header>
    <main className="shell-main">{children}</main>
    <footer className="shell-foot">
      <DemoControls />
    </footer>
  </div>
);

/** The page for somebody who is not in yet: the chart on one side, what to do on the other. */
export const Threshold = ({ children, aside }: { children: ReactNode; aside?: ReactNode }) => (
  <div className="threshold">
    <header className="threshold-sea">
      <ContourMap />
      <p className="threshold-brand">
        <Logo size={36} />
        Harbor
      </p>
      <p className="threshold-motto">Know your depth before the tide turns.</p>
      <p className="threshold-line">
        Every account, every due date, one water level. A treasury for teams of two to forty.
      </p>
    </header>
    <main className="threshold-main">
      <div className="threshold-tools">
        <ThemeButton />
      </div>
      <div className="threshold-form">{children}</div>
      <div className="threshold-aside">
        {aside}
        <DemoControls />
      </div>
    </main>
  </div>
);
