/** How a user proves the first factor, as user, step-up and token say it: by what leads to them, never by an address alone. */
import { decodeJwt } from 'jose';
import { describe, expect, test } from 'vitest';
import { createIssuer } from '../support/issuer.js';
import { Person } from '../support/person.js';
import { environmentId, startTestServer, type TestServer } from '../support/server.js';

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
const stale = 301_000;
const link = { scope: 'credential:link' };

const start = async (changes: Parameters<typeof startTestServer>[0] = {}) => {
  const { externalAuth, jwtFor } = await createIssuer();
  const server = await startTestServer({ externalAuth, ...changes });
  const signInByJwt = async (person: Person) => {
    const jwt = await jwtFor('ada-1', server.clock(), { email: person.email });
    person.token = '';
    return person.send('POST', '/externalAuth/signin', { jwt });
  };
  return { server, ada: new Person(server), signInByJwt, externalAuth, jwtFor };
};

describe('somebody of the application’s own sign-in whose token carries an e-mail address', () => {
  test('is an external user with that address in the profile', async () => {
    const { ada, signInByJwt } = await start();
    const { user } = (await signInByJwt(ada)).body;
    expect(user).toMatchObject({
      email: ada.email,
      verifiedCredentials: [
        { id: expect.stringMatching(uuid), format: 'externalUser', signInEnabled: true, public_identifier: 'ada-1' },
      ],
    });
    expect(user?.verifiedCredentials[0]?.email).toBeUndefined();
    expect(user?.lastVerifiedCredentialId).toBe(user?.verifiedCredentials[0]?.id);
    expect(decodeJwt(ada.token).last_verified_credential_id).toBe(user?.lastVerifiedCredentialId);
    expect((await ada.send('GET', '/users')).body).toEqual(user);
  });

  test('is asked for a fresh token of that sign-in, never for a code that would be refused', async () => {
    const { server, ada, signInByJwt } = await start();
    const { user } = (await signInByJwt(ada)).body;
    server.clock.advance(stale);
    const { body } = await ada.send('POST', '/stepUp/check', link);
    const id = user?.verifiedCredentials[0]?.id;
    expect(body).toEqual({
      isRequired: true,
      credentials: [{ id, format: 'externalUser' }],
      defaultCredentialId: id,
    });
    expect((await ada.proveEmail()).body.code).toBe('invalid_email_verification');
  });
});

test('somebody who signs in by e-mail code has an e-mail credential, with an id that no sign-in changes', async () => {
  const { ada } = await start();
  const first = (await ada.signIn()).body.user;
  const again = (await ada.signIn()).body.user;
  expect(first?.verifiedCredentials).toEqual([
    {
      id: expect.stringMatching(uuid),
      format: 'email',
      signInEnabled: true,
      email: ada.email,
      public_identifier: ada.email,
    },
  ]);
  expect(again?.verifiedCredentials).toEqual(first?.verifiedCredentials);
});

/** As an import leaves them: one user, both ways in. */
const giveBoth = async (server: TestServer, ada: Person, issuer: string) => {
  const userId = (await ada.signIn()).body.user?.id ?? '';
  const external = { environmentId, kind: 'external' as const, issuer, subject: 'ada-1', userId };
  await server.options.store.transaction((tx) => tx.addIdentity(external));
};

describe('somebody with both ways in', () => {
  test('has both credentials, and the one proven last is the one that is told and begun with', async () => {
    const { server, ada, signInByJwt, externalAuth, jwtFor } = await start();
    await giveBoth(server, ada, externalAuth.issuer);
    const { user } = (await ada.signIn()).body;
    const [email, external] = user?.verifiedCredentials ?? [];
    expect([email?.format, external?.format]).toEqual(['email', 'externalUser']);
    expect(email?.id).not.toBe(external?.id);
    expect(user?.lastVerifiedCredentialId).toBe(email?.id);

    expect((await signInByJwt(ada)).body.user).toMatchObject({
      id: user?.id,
      verifiedCredentials: [email, external],
      lastVerifiedCredentialId: external?.id,
    });
    expect(decodeJwt(ada.token).last_verified_credential_id).toBe(external?.id);
    server.clock.advance(stale);
    expect((await ada.send('POST', '/stepUp/check', link)).body).toEqual({
      isRequired: true,
      credentials: [
        { id: email?.id, format: 'email', alias: ada.email },
        { id: external?.id, format: 'externalUser' },
      ],
      defaultCredentialId: external?.id,
    });
    // Proven by the other one in the same session.
    expect((await ada.proveEmail()).body.user?.lastVerifiedCredentialId).toBe(email?.id);
    expect((await ada.send('GET', '/users')).body.lastVerifiedCredentialId).toBe(email?.id);
    server.clock.advance(1000);
    await ada.send('POST', '/externalAuth/verify', { jwt: await jwtFor('ada-1', server.clock()) });
    expect((await ada.send('GET', '/users')).body.lastVerifiedCredentialId).toBe(external?.id);
  });

  test('loses nothing by a token older than the proof there is', async () => {
    const { server, ada, externalAuth, jwtFor } = await start();
    await giveBoth(server, ada, externalAuth.issuer);
    const { user } = (await ada.signIn()).body;
    const jwt = await jwtFor('ada-1', server.clock() - 200_000);
    expect((await ada.send('POST', '/externalAuth/verify', { jwt })).status).toBe(200);
    server.clock.advance(200_000);
    expect((await ada.send('POST', '/stepUp/check', link)).body.isRequired).toBe(false);
    expect((await ada.send('GET', '/users')).body.lastVerifiedCredentialId).toBe(user?.lastVerifiedCredentialId);
  });

  test('is asked only for what this server can check', async () => {
    const { server, ada, signInByJwt, externalAuth } = await start();
    await giveBoth(server, ada, externalAuth.issuer);
    await signInByJwt(ada);
    server.clock.advance(stale);
    const { store } = server.options;
    const { clock } = server;
    const silent = await startTestServer({ store, clock, externalAuth, sendEmail: undefined });
    const request = { token: ada.token, body: link };
    const answer = await (await silent.request('POST', '/stepUp/check', request)).json();
    expect(answer).toMatchObject({ credentials: [{ format: 'externalUser' }] });
    const closed = await startTestServer({ store, clock });
    expect(await (await closed.request('POST', '/stepUp/check', request)).json()).toMatchObject({
      credentials: [{ format: 'email' }],
    });
  });

  test('keeps both, and the proven one, from the waiting session to the full one', async () => {
    const { server, ada, signInByJwt, externalAuth } = await start();
    await giveBoth(server, ada, externalAuth.issuer);
    await ada.enrol();
    await signInByJwt(ada);
    const { user } = (await ada.authenticate()).body;
    expect(user).toMatchObject({ scope: 'user:basic', lastVerifiedCredentialId: user?.verifiedCredentials[1]?.id });
  });
});

test('whoever signs in with a passkey is told the first of their credentials', async () => {
  const { ada } = await start();
  await ada.enrolPasskey();
  const { user } = (await ada.signInWithPasskey()).body;
  expect(user?.lastVerifiedCredentialId).toBe(user?.verifiedCredentials[0]?.id);
});
