// The order of the style sheets counts: Harbor's names the layers before the kit fills its own.
import './styles/index.css';
import 'mfa-kit/styles.css';
import '@fontsource-variable/hanken-grotesk/index.css';
import { MfaProvider } from 'mfa-kit';
import { initializeClient } from 'mfa-kit/client';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './App.js';
import { client } from './client.js';
import { useLocale } from './locale.js';
import { startTheme, useTheme } from './theme.js';
import { approvals } from './treasury/approvals.js';

/** The policy this page lives under lets styles be injected only with this answer's nonce. */
const nonce = document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce;

const Root = () => (
  <MfaProvider client={client} theme={useTheme()} locale={useLocale()} nonce={nonce} actions={approvals}>
    <App />
  </MfaProvider>
);

startTheme();
// A failure shows as `initStatus`, with a way to try again.
initializeClient(client).catch(() => undefined);
const container = document.getElementById('root');
if (container) {
  createRoot(container).render(
    <StrictMode>
      <Root />
    </StrictMode>,
  );
}
