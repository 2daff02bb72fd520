/** A page with the provider around it, talking to a real server in the same process. */
import { QueryClient } from '@tanstack/react-query';
import { act, type RenderResult, render, renderHook } from '@testing-library/react';
import { createMfaClient, MfaProvider, type MfaProviderProps } from 'mfa-kit';
import { type MfaClient, sendEmailOTP, verifyOTP } from 'mfa-kit/client';
import { type ReactNode, StrictMode } from 'react';
import { baseUrl, environmentId, startTestServer, type TestServer } from './server.js';
import { totpCode } from './totp.js';

export interface Page {
  server: TestServer;
  client: MfaClient;
  queryClient: QueryClient;
  /** What was sent, in order, as `POST /users/mfa/auth/totp`. */
  requests: string[];
  /** Lets nothing through until it is called again with `undefined`: for what happens while a request is under way. */
  hold: (waiting: Promise<unknown> | undefined) => void;
  /** Sees every request that is sent from now on. */
  onRequest: (listener: (request: Request) => void) => void;
  /** Every request fails as it does without a connection. */
  goOffline: (isOffline: boolean) => void;
  /** The provider's parts around something, in StrictMode. */
  wrapper: (props: { children: ReactNode }) => ReactNode;
  signIn: (email?: string) => Promise<void>;
  /** The code an authenticator app shows, `steps` of 30 seconds later. */
  code: (secret: string, steps?: number) => string;
}

export interface PageOptions
  extends Partial<
    Omit<MfaProviderProps, 'client' | 'queryClient' | 'environmentId' | 'apiBaseUrl' | 'protectedOrigins'>
  > {
  server?: Parameters<typeof startTestServer>[0];
  /** Another page of the same server. */
  on?: TestServer;
  /** What answers in place of the server, such as an application's own routes before it. */
  through?: (server: TestServer) => (request: Request) => Promise<Response>;
}

export const createPage = async ({ server: serverOptions, on, through, ...props }: PageOptions = {}): Promise<Page> => {
  const server = on ?? (await startTestServer(serverOptions));
  const answer = through?.(server) ?? ((request: Request) => server.mfa.fetch(request));
  const requests: string[] = [];
  let waiting: Promise<unknown> | undefined;
  let isOffline = false;
  let listener: (request: Request) => void = () => {};
  const client = createMfaClient({
    environmentId,
    apiBaseUrl: baseUrl,
    fetch: async (request) => {
      const { pathname, search } = new URL(request.url);
      requests.push(`${request.method} ${pathname.split(environmentId)[1] ?? pathname}${search}`);
      listener(request);
      if (isOffline) throw new TypeError('Failed to fetch');
      await waiting;
      request.signal.throwIfAborted();
      return answer(request);
    },
  });
  const queryClient = new QueryClient();
  return {
    server,
    client,
    queryClient,
    requests,
    hold: (until) => {
      waiting = until;
    },
    onRequest: (listen) => {
      listener = listen;
    },
    goOffline: (nowOffline) => {
      isOffline = nowOffline;
    },
    wrapper: ({ children }) => (
      <StrictMode>
        <MfaProvider modals={false} {...props} client={client} queryClient={queryClient}>
          {children}
        </MfaProvider>
      </StrictMode>
    ),
    signIn: (email = `${crypto.randomUUID()}@example.com`) =>
      act(async () => {
        const otpVerification = await sendEmailOTP({ email }, client);
        await verifyOTP({ otpVerification, verificationToken: server.mails.at(-1)?.code ?? '' }, client);
      }),
    code: (secret, steps = 0) => totpCode(secret, server.clock(), steps),
  };
};

/** Renders something inside the page. */
export const renderOn = (page: Page, children: ReactNode): RenderResult => render(children, { wrapper: page.wrapper });

/** Renders a hook inside the page. */
export const renderHookOn = <T,>(page: Page, hook: () => T) => renderHook(hook, { wrapper: page.wrapper });
