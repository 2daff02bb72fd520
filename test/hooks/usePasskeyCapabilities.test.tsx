import { act, screen } from '@testing-library/react';
import { usePasskeyCapabilities } from 'mfa-kit';
import { hydrateRoot } from 'react-dom/client';
import { renderToString } from 'react-dom/server';
import { expect, test, vi } from 'vitest';
import { installBrowser } from '../support/passkeyBrowser.js';

const Button = () => <p>{usePasskeyCapabilities().support}</p>;

test('a page rendered on a server is taken over without a difference, and then says what the browser can', async () => {
  const container = document.body.appendChild(document.createElement('div'));
  container.innerHTML = renderToString(<Button />);
  expect(screen.getByText('unsupported')).toBeTruthy();
  installBrowser();
  const onRecoverableError = vi.fn();
  const root = await act(async () => hydrateRoot(container, <Button />, { onRecoverableError }));
  expect(screen.getByText('supported')).toBeTruthy();
  expect(onRecoverableError).not.toHaveBeenCalled();
  act(() => root.unmount());
  container.remove();
});
