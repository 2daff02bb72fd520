// Threat: a stolen session enrols a factor of its own, so a first factor proven long ago has to be proven again (D9).
import { act, waitFor } from '@testing-library/react';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { TokenScope, useExternalAuth, useModalController, useStepUpAuthentication, useWaitingActions } from 'mfa-kit';
import { getElevatedAccessToken, registerTotpMfaDevice, signInWithExternalJwt } from 'mfa-kit/client';
import { describe, expect, test } from 'vitest';
import { signInAndEnrol } from '../support/enrol.js';
import { createIssuer } from '../support/issuer.js';
import { createPage, type Page, type PageOptions, renderHookOn } from '../support/renderWithMfa.js';

const { Credentiallink, Credentialunlink, Walletsign } = TokenScope;

const useParts = () => ({ modal: useModalController(), stepUp: useStepUpAuthentication() });
const start = async (options?: PageOptions) => {
  const page = await createPage(options);
  const { result } = renderHookOn(page, useParts);
  await waitFor(() => expect(page.client.session.getSnapshot().status).not.toBe('loading'));
  return { page, result };
};
const mailed = ({ server }: Page) => server.mails.at(-1)?.code ?? '';
/** Longer ago than a first factor counts for enrolling. */
const growOld = ({ server }: Page) => server.clock.advance(400_000);

describe('a first enrolment in an old session', () => {
  test('is refused, and works after the e-mail code is proven again, in the same session', async () => {
    const { page, result } = await start();
    await page.signIn('ada@example.com');
    const { sessionId } = page.client.user ?? {};
    growOld(page);
    await expect(registerTotpMfaDevice(page.client)).rejects.toMatchObject({
      code: 'elevated_access_token_required',
      payload: { satisfiedBy: ['first_factor'] },
    });
    await act(() => result.current.stepUp.sendOtp());
    expect(result.current.stepUp.state).toMatchObject({
      isLoading: false,
      error: null,
      otpVerification: { email: 'ada@example.com' },
    });
    await act(() => result.current.stepUp.verifyOtp({ verificationToken: mailed(page) }));
    expect(result.current.stepUp.state.otpVerification).toBeNull();
    expect(page.requests).toContain('POST /emailVerifications/verify');
    expect(page.client.user?.sessionId).toBe(sessionId);
    expect(getElevatedAccessToken({ scope: Credentiallink, consume: false }, page.client)).toBeDefined();
    expect((await registerTotpMfaDevice(page.client)).secret).toBeDefined();
  });

  test('a wrong code gives null and is told by the state, until that is reset', async () => {
    const { page, result } = await start();
    await page.signIn();
    const { stepUp } = result.current;
    expect(await act(() => stepUp.verifyOtp({ verificationToken: '000000' }))).toBeNull();
    expect(result.current.stepUp.state.error).toBe('invalid_email_verification');
    await act(() => stepUp.sendOtp());
    expect(await act(() => stepUp.verifyOtp({ verificationToken: '000000' }))).toBeNull();
    expect(result.current.stepUp.state.error).toBe('wrong_email_verification_token');
    act(() => stepUp.resetState());
    expect(result.current.stepUp.state).toEqual({
      captchaRequired: false,
      error: null,
      isLoading: false,
      otpVerification: null,
    });
  });

  test('or after a fresh JWT of the application: the person’s own, and nobody else’s', async () => {
    const { publicKey, privateKey } = await generateKeyPair('ES256');
    const externalAuth = { issuer: 'https://sign-in.test', audience: 'mfa', key: await exportJWK(publicKey) };
    const page = await createPage({ server: { externalAuth } });
    const jwt = (sub: string) =>
      new SignJWT({})
        .setProtectedHeader({ alg: 'ES256' })
        .setIssuer(externalAuth.issuer)
        .setAudience('mfa')
        .setSubject(sub)
        .setJti(crypto.randomUUID())
        .setIssuedAt(Math.floor(page.server.clock() / 1000))
        .setExpirationTime(Math.floor(page.server.clock() / 1000) + 300)
        .sign(privateKey);
    const { result } = renderHookOn(page, () => useExternalAuth());
    await act(async () => result.current.signInWithExternalJwt({ externalJwt: await jwt('ada') }));
    growOld(page);
    await expect(registerTotpMfaDevice(page.client)).rejects.toMatchObject({ code: 'elevated_access_token_required' });
    const { verifyWithExternalJwt } = result.current;
    await expect(act(async () => verifyWithExternalJwt({ externalJwt: await jwt('eve') }))).rejects.toMatchObject({
      code: 'invalid_external_auth_error',
    });
    const { elevatedAccessToken } = await act(async () => verifyWithExternalJwt({ externalJwt: await jwt('ada') }));
    expect(getElevatedAccessToken({ scope: Credentiallink, consume: false }, page.client)).toBe(elevatedAccessToken);
    expect((await registerTotpMfaDevice(page.client)).secret).toBeDefined();
  });
});

describe('a step up', () => {
  test('is required where the server says so, and no longer once a proof gave its scope', async () => {
    const { page, result } = await start({
      server: { policy: { actions: [{ action: 'wallet.waas.sign', required: true }] } },
    });
    const { secret } = await signInAndEnrol(page);
    page.server.clock.advance(30_000);
    const { isStepUpRequired, checkStepUpAuth, verifyTotpMfa } = result.current.stepUp;
    expect(await isStepUpRequired({ scope: Walletsign })).toBe(true);
    await act(() => verifyTotpMfa({ code: page.code(secret), requestedScopes: [Walletsign] }));
    expect(await isStepUpRequired({ scope: Walletsign })).toBe(false);
    expect(await checkStepUpAuth({ scope: Walletsign })).toEqual({ isRequired: false, credentials: [] });
    page.goOffline(true);
    expect(await isStepUpRequired({ scope: Credentialunlink })).toBe(true);
  });

  test('prompts for the first factor again where nothing is enrolled, else for a second one', async () => {
    const { page, result } = await start();
    await page.signIn();
    const begin = async () =>
      act(
        async () => void result.current.stepUp.promptStepUpAuth({ requestedScopes: [Credentiallink] }).catch(() => {}),
      );
    await begin();
    await waitFor(() => expect(result.current.modal.screen).toMatchObject({ name: 'Reauthenticate' }));
    await act(async () => result.current.modal.close('escape'));
    await signInAndEnrol(page);
    await begin();
    await waitFor(() => expect(result.current.modal.screen).toMatchObject({ name: 'OtpVerification' }));
    expect(result.current.modal.request).toMatchObject({ purpose: 'action', requestedScopes: [Credentiallink] });
  });

  test.each([
    ['submitCaptchaToken', 'token'],
    ['verifySocial', { provider: 'google' }],
    ['verifyWallet', undefined],
  ] as const)('%s is not offered and says so', async (name, argument) => {
    const { result } = await start();
    await expect(result.current.stepUp[name](argument as never)).rejects.toMatchObject({ code: 'not_supported' });
  });

  test('sends no code to somebody who does not sign in by e-mail, whatever address their profile has', async () => {
    const { externalAuth, jwtFor } = await createIssuer();
    const { page, result } = await start({ server: { externalAuth } });
    const externalJwt = await jwtFor('ada', page.server.clock(), { email: 'ada@example.com' });
    await act(() => signInWithExternalJwt({ externalJwt }, page.client));
    expect(page.client.user?.email).toBe('ada@example.com');
    expect(await act(() => result.current.stepUp.sendOtp())).toBeNull();
    expect(result.current.stepUp.state.error).toBe('not_supported');
    const { credentials } = await result.current.stepUp.checkStepUpAuth({ scope: Credentiallink });
    expect(await act(() => result.current.stepUp.sendOtp({ credentialId: credentials[0]?.id }))).toBeNull();
    expect(page.server.mails).toEqual([]);
  });

  test('with nobody signed in rejects', async () => {
    const { result } = await start();
    await expect(result.current.stepUp.promptReauthenticate()).rejects.toMatchObject({ code: 'not_signed_in' });
    expect(await act(() => result.current.stepUp.sendOtp())).toBeNull();
    expect(result.current.stepUp.state.error).toBe('not_signed_in');
  });
});

test('what waits for the person is listed for them and nobody else, and gone once settled', async () => {
  const page = await createPage();
  const { result } = renderHookOn(page, () => useWaitingActions());
  expect(result.current.fetchStatus).toBe('idle');
  await page.signIn();
  const { waiting } = page.server.mfa;
  const userId = page.client.user?.id ?? '';
  const id = await waiting.leave(userId, { action: 'wallet.waas.reshare', subject: 'w1', summary: 'Reshare' });
  await waiting.leave(crypto.randomUUID(), { action: 'wallet.waas.refresh' }).catch(() => undefined);
  await act(() => result.current.refetch());
  await waitFor(() =>
    expect(result.current.data).toEqual([
      expect.objectContaining({ id, action: 'wallet.waas.reshare', subject: 'w1', summary: 'Reshare' }),
    ]),
  );
  await waiting.settle(userId, id);
  await act(() => result.current.refetch());
  await waitFor(() => expect(result.current.data).toEqual([]));
});
