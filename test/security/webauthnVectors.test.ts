/** S-38: the test vectors of W3C Web Authentication Level 3, each with what is declared to become of it here. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { verifyAuthentication, verifyRegistration } from '../../src/server/webauthn.js';
import { expectation, origin, outcomeOf, recordOf, register, rpId } from '../support/ceremonies.js';

interface Pair {
  id: string;
  reg: { challenge: string; credential_id: string; clientDataJSON: string; attestationObject: string };
  auth: { challenge: string; clientDataJSON: string; authenticatorData: string; signature: string };
}

const file = new URL('../vectors/webauthn-l3.json', import.meta.url);
const pairs: Pair[] = JSON.parse(readFileSync(file, 'utf8')).slice(1);

/** The last column: the statement proves nothing to us, so that the passkey counts like one without. */
const declared: [pair: string, registration: string, authentication: string, isBelieved?: false][] = [
  ['none-es256', 'accepted', 'accepted'],
  ['packed-self-es256', 'accepted', 'accepted'],
  ['none-es256-crossOrigin', 'cross_origin', 'cross_origin'],
  ['none-es256-topOrigin', 'cross_origin', 'cross_origin'],
  ['none-es256-long-credential-id', 'accepted', 'accepted'],
  ['packed-es256', 'accepted', 'accepted', false],
  ['packed-es384', 'algorithm', 'never registered'],
  ['packed-es512', 'algorithm', 'never registered'],
  ['packed-rs256', 'accepted', 'accepted', false],
  ['packed-eddsa', 'accepted', 'accepted', false],
  ['packed-ed448', 'algorithm', 'never registered'],
  ['tpm-es256', 'accepted', 'accepted', false],
  ['android-key-es256', 'accepted', 'accepted', false],
  ['apple-es256', 'accepted', 'accepted', false],
  ['fido-u2f-es256', 'accepted', 'accepted', false],
];

const base64url = (hex: string): string => Buffer.from(hex, 'hex').toString('base64url');

/** Some of the vectors were made without user verification. */
const expectedOf = ({ challenge }: { challenge: string }) =>
  expectation({ challenge: base64url(challenge), origins: [origin], rpId, requiresUserVerification: false });

const registrationOf = ({ reg }: Pair) => {
  const id = base64url(reg.credential_id);
  const [clientDataJSON, attestationObject] = [base64url(reg.clientDataJSON), base64url(reg.attestationObject)];
  const response = { clientDataJSON, attestationObject };
  return { id, rawId: id, type: 'public-key', clientExtensionResults: {}, response };
};

const assertionOf = ({ reg, auth }: Pair) => {
  const id = base64url(reg.credential_id);
  const [clientDataJSON, signature] = [base64url(auth.clientDataJSON), base64url(auth.signature)];
  const response = { clientDataJSON, signature, authenticatorData: base64url(auth.authenticatorData) };
  return { id, rawId: id, type: 'public-key', clientExtensionResults: {}, response };
};

/** With the key that stands at the end of an attestation object without a statement, where registering was refused. */
const passkeyOf = async (pair: Pair) => {
  const registered = await verifyRegistration(registrationOf(pair), expectedOf(pair.reg)).catch(() => null);
  if (registered) return recordOf(registered);
  const publicKey = base64url(pair.reg.attestationObject.split(pair.reg.credential_id)[1] ?? '');
  return { ...recordOf(await register()), credentialId: base64url(pair.reg.credential_id), publicKey };
};

test('every pair is declared', () => {
  expect(pairs.map(({ id }) => id)).toEqual(declared.map(([name]) => `sctn-test-vectors-${name}`));
});

test.each(declared)('%s: registration %s, authentication %s', async (name, registration, authentication) => {
  const pair = pairs.find(({ id }) => id === `sctn-test-vectors-${name}`) as Pair;
  expect(await outcomeOf(verifyRegistration(registrationOf(pair), expectedOf(pair.reg)))).toBe(registration);
  if (authentication === 'never registered') return;
  const verification = verifyAuthentication(assertionOf(pair), expectedOf(pair.auth), await passkeyOf(pair), null);
  expect(await outcomeOf(verification)).toBe(authentication);
});

test('the key of a pair takes the signature of no other', async () => {
  const usable = declared.filter(([, registration]) => registration === 'accepted').map(([name]) => name);
  const known = pairs.filter(({ id }) => usable.some((name) => id === `sctn-test-vectors-${name}`));
  for (const [index, pair] of known.entries()) {
    const other = known[(index + 1) % known.length] as Pair;
    const swapped = { ...pair, auth: { ...pair.auth, signature: other.auth.signature } };
    const passkey = await passkeyOf(pair);
    const outcome = await outcomeOf(verifyAuthentication(assertionOf(swapped), expectedOf(pair.auth), passkey, null));
    expect(outcome).toMatch(/^signature/);
  }
});

test.each(declared.filter(([, , , isBelieved]) => isBelieved === false).map(([name]) => name))(
  '%s: a statement that was not asked for changes nothing, not even when it is no certificate',
  async (name) => {
    const pair = pairs.find(({ id }) => id === `sctn-test-vectors-${name}`) as Pair;
    const honest = registrationOf(pair);
    // The first byte of its certificate: "x5c", a list of one, its length.
    const spoilt = pair.reg.attestationObject.replace(/(637835638159....)30/, '$1ff');
    expect(spoilt).not.toBe(pair.reg.attestationObject);
    const forged = { ...honest, response: { ...honest.response, attestationObject: base64url(spoilt) } };
    const expected = expectedOf(pair.reg);
    expect(await verifyRegistration(forged, expected)).toEqual(await verifyRegistration(honest, expected));
  },
);
