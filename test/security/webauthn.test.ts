/**
 * Threat: an answer that was made elsewhere, for somebody else, by another key or under weaker conditions is taken for
 * this person's passkey. The cryptography is a library's; these are the checks around it. S-38, S-39, S-41.
 */
import { describe, expect, test } from 'vitest';
import { verifyAuthentication, verifyRegistration } from '../../src/server/webauthn.js';
import {
  authenticate,
  authenticationBody,
  expectation,
  newAuthenticator,
  origin,
  outcomeOf,
  recordOf,
  register,
  registrationBody,
  userHandle,
} from '../support/ceremonies.js';
import { type Knobs, randomHandle } from '../support/softAuthenticator.js';

const refused = (check: string, code = 'passkey_invalid') => ({ name: 'PasskeyRefusedError', check, code });

describe('an honest passkey', () => {
  test.each(['clientDataJSON', 'clientDataJson'] as const)('is registered and used, spelt %s', async (spelling) => {
    const registered = await register({ spelling, aaguid: 'EA9B8D66-4D01-1D21-3CE4-B6B48CB575D4' });
    expect(registered).toMatchObject({
      signCount: 0,
      transports: 'internal hybrid',
      isBackupEligible: true,
      isBackedUp: true,
      isUserVerified: true,
      aaguid: 'ea9b8d66-4d01-1d21-3ce4-b6b48cb575d4',
      origin,
    });
    const used = await authenticate({ spelling, bs: false });
    expect(used).toEqual({ signCount: 1, isBackedUp: false, isUserVerified: true, origin });
  });

  test.each(['none', 'self'] as const)('is registered with attestation %s', async (attestation) => {
    expect(await outcomeOf(register({ attestation }))).toBe('accepted');
  });

  test('tells how it is reached, in known words only and each once', async () => {
    const transports = ['usb', 'telepathy', 'nfc', 'usb', 'smart-card'];
    expect(await register({ transports })).toMatchObject({ transports: 'usb nfc smart-card' });
    expect(await register({ transports: 'usb' as never })).toMatchObject({ transports: '' });
  });

  test.each([null, ''])('may keep no user handle (%j), as a security key does', async (handle) => {
    expect(await outcomeOf(authenticate({ userHandle: handle }))).toBe('accepted');
  });
});

describe('S-39 the glue', () => {
  const glue: [claim: string, knobs: Knobs, check: string][] = [
    ['made inside a frame of another origin', { crossOrigin: true }, 'cross_origin'],
    ['made under a foreign top origin', { topOrigin: 'https://example.com' }, 'top_origin'],
    ['made under a top origin, in a frame', { crossOrigin: true, topOrigin: 'https://example.com' }, 'cross_origin'],
    ['whose frame is told by something else than true', { crossOrigin: 'yes' }, 'cross_origin'],
    ['whose id is another than the authenticator made', { id: randomHandle() }, 'credential_id'],
    ['of another type', { type: 'password' }, 'credential_type'],
    ['of the other ceremony', { ceremony: 'webauthn.get' }, 'ceremony'],
    ['for another challenge', { challenge: randomHandle() }, 'challenge'],
    ['for another relying party', { rpId: 'example.com' }, 'rp_id'],
    ['whose id is 1 byte long', { idLength: 1 }, 'credential_id_length'],
    ['whose id is 15 bytes long', { idLength: 15 }, 'credential_id_length'],
    ['whose id is 1,024 bytes long', { idLength: 1024 }, 'credential_id_length'],
    ['that tells nothing of a credential', { aaguid: null }, 'authenticator_data'],
    ['with nobody present', { up: false }, 'user_presence'],
    ['backed up though it cannot be', { be: false, bs: true }, 'backup_state'],
  ];
  test.each(glue)('a registration %s is refused', async (_, knobs, check) => {
    await expect(register(knobs)).rejects.toMatchObject(refused(check));
  });

  test.each([16, 1023])('an id of %i bytes is registered', async (idLength) => {
    expect(await outcomeOf(register({ idLength }))).toBe('accepted');
  });

  const uses: [claim: string, knobs: Knobs, check: string][] = [
    ['made inside a frame, of whatever origin', { crossOrigin: true }, 'cross_origin'],
    ['made under a foreign top origin', { topOrigin: 'https://example.com' }, 'top_origin'],
    ["with a foreign owner's handle", { userHandle: randomHandle() }, 'user_handle'],
    ['of another type', { type: 'password' }, 'credential_type'],
    ['of the other ceremony', { ceremony: 'webauthn.create' }, 'ceremony'],
    ['for another challenge', { challenge: randomHandle() }, 'challenge'],
    ['for another relying party', { rpId: 'example.com' }, 'rp_id'],
    ['with nobody present', { up: false }, 'user_presence'],
    ['that says it could not be backed up after all', { be: false }, 'backup_eligibility'],
    ['backed up though it cannot be', { be: false, bs: true }, 'backup_state'],
  ];
  test.each(uses)('an assertion %s is refused', async (_, knobs, check) => {
    await expect(authenticate(knobs)).rejects.toMatchObject(refused(check));
  });

  test('an assertion of a key that may be backed up now and could not be before is refused', async () => {
    await expect(authenticate({ be: true }, expectation(), { made: { be: false } })).rejects.toMatchObject(
      refused('backup_eligibility'),
    );
  });

  test('an assertion that names another passkey is of one that is not found', async () => {
    await expect(authenticate({ id: randomHandle() })).rejects.toMatchObject(
      refused('credential', 'passkey_not_found'),
    );
  });

  test('an id that is not the raw id is refused, in either ceremony', async () => {
    const authenticator = newAuthenticator();
    const expected = expectation();
    const passkey = recordOf(await register({}, expectation(), authenticator));
    const body = { ...authenticationBody(authenticator, expected), rawId: randomHandle() };
    expect(await outcomeOf(verifyAuthentication(body, expected, passkey, userHandle))).toBe('raw_id');
    const registration = { ...registrationBody(newAuthenticator(), expected), rawId: randomHandle() };
    expect(await outcomeOf(verifyRegistration(registration, expected))).toBe('raw_id');
  });

  test.each([null, ''])('a sign-in says whose it is: without a handle (%j) it is refused', async (handle) => {
    const expected = expectation({ requiresUserHandle: true });
    expect(await outcomeOf(authenticate({ userHandle: handle }, expected))).toBe('user_handle');
    expect(await outcomeOf(authenticate({}, expected))).toBe('accepted');
  });
});

describe('S-39 origins', () => {
  const strangers: unknown[] = [
    'https://example.org:8443',
    'https://example.org:443',
    'http://example.org',
    'https://example.org.evil.com',
    'https://evil-example.org',
    'https://login.example.org',
    'https://example.org/',
    'https://xn--exampe-7db.org',
    'https://exampłe.org',
    'null',
    'https://EXAMPLE.org',
    ' https://example.org',
    'https://user@example.org',
    'https://example.org\u0000',
    '',
    null,
    [origin],
  ];
  test.each(strangers)('%j is not https://example.org', async (stranger) => {
    const knobs = { origin: stranger as string };
    await expect(register(knobs)).rejects.toMatchObject(refused('origin'));
    await expect(authenticate(knobs)).rejects.toMatchObject(refused('origin'));
  });

  test('each origin of a list is accepted, and told', async () => {
    const origins = [origin, 'https://login.example.org', 'android:apk-key-hash:AbC'];
    for (const one of origins) {
      expect(await register({ origin: one }, expectation({ origins }))).toMatchObject({ origin: one });
      expect(await authenticate({ origin: one }, expectation({ origins }))).toMatchObject({ origin: one });
    }
  });
});

describe('user verification', () => {
  test('is demanded in so many words where it is required', async () => {
    const demanded = refused('user_verification', 'passkey_user_verification_required');
    await expect(register({ uv: false })).rejects.toMatchObject(demanded);
    await expect(authenticate({ uv: false })).rejects.toMatchObject(demanded);
  });

  test('is told where it is only preferred', async () => {
    const preferred = () => expectation({ requiresUserVerification: false });
    for (const uv of [true, false]) {
      expect(await register({ uv }, preferred())).toMatchObject({ isUserVerified: uv });
      expect(await authenticate({ uv }, preferred())).toMatchObject({ isUserVerified: uv });
    }
  });
});

describe('S-41 the counter', () => {
  const counts: [stored: number, sent: number][] = [
    [5, 6],
    [5, 5],
    [5, 4],
    [5, 0],
    [0, 0],
    [5, 0xffffffff],
  ];
  test.each(counts)(
    'stored %i, sent %i: passes through with its value, for the store to judge',
    async (stored, sent) => {
      const used = await authenticate({ counter: sent }, expectation(), { change: { signCount: stored } });
      expect(used.signCount).toBe(sent);
    },
  );

  test('is kept from the registration', async () => {
    expect(await register({ counter: 41 })).toMatchObject({ signCount: 41 });
  });
});
