/**
 * Threat: an answer that nobody's browser would make brings the server down, or slips through. S-46: whatever is sent is
 * either refused by a check or is another spelling of the answer that was honestly made.
 */
import { expect, test } from 'vitest';
import { PasskeyRefusedError, verifyAuthentication, verifyRegistration } from '../../src/server/webauthn.js';
import {
  authenticationBody,
  expectation,
  newAuthenticator,
  recordOf,
  registrationBody,
  userHandle,
} from '../support/ceremonies.js';
import { createBelow, spoil } from '../support/mutations.js';

const isSoak = process.env.MFA_SOAK === '1';
const rounds = isSoak ? 500_000 : 3000;
const timeout = isSoak ? 3_600_000 : 60_000;
/** A short run measures how the engine warms up, more than what is kept. */
const mostGrowth = isSoak ? 50e6 : 200e6;

/** What became of each spoilt body: how many were refused, and those that were not. */
const tally = async <T extends { id: string; response: object }>(
  body: T,
  verified: readonly string[],
  verify: (body: T) => Promise<unknown>,
) => {
  const below = createBelow(46);
  const honest = JSON.stringify(body);
  const outcome = {
    refused: 0,
    unchanged: 0,
    accepted: [] as { sent: string; as: unknown }[],
    thrown: [] as unknown[],
    memory: 0,
  };
  for (let round = 0; round < rounds; round += 1) {
    const spoilt = spoil(below, body, verified);
    const sent = JSON.stringify(spoilt);
    if (round === rounds / 10) outcome.memory = process.memoryUsage.rss();
    try {
      // Over the wire, as it would come.
      const accepted = await verify(JSON.parse(sent));
      if (sent === honest) outcome.unchanged += 1;
      else outcome.accepted.push({ sent, as: accepted });
    } catch (error) {
      if (error instanceof PasskeyRefusedError) outcome.refused += 1;
      else outcome.thrown.push(error);
    }
  }
  return { ...outcome, grownBy: process.memoryUsage.rss() - outcome.memory };
};

test('S-46 no spoilt assertion is accepted, and none fails but by a check', { timeout }, async () => {
  const authenticator = newAuthenticator();
  const expected = expectation({ requiresUserHandle: true });
  const made = expectation();
  const passkey = recordOf(await verifyRegistration(registrationBody(authenticator, made), made));
  const body = authenticationBody(authenticator, expected);
  const verified = ['authenticatorData', 'clientDataJSON', 'signature', 'userHandle'];
  const outcome = await tally(body, verified, (one) => verifyAuthentication(one, expected, passkey, userHandle));
  expect(outcome).toMatchObject({ accepted: [], thrown: [] });
  expect(outcome.refused + outcome.unchanged).toBe(rounds);
  expect(outcome.unchanged).toBeLessThan(rounds / 100);
  expect(outcome.grownBy).toBeLessThan(mostGrowth);
});

test('S-46 no spoilt registration becomes another one, and none fails but by a check', { timeout }, async () => {
  const expected = expectation();
  // With its own signature: without one, another key is simply another registration.
  const body = registrationBody(newAuthenticator(), expected, { attestation: 'self' });
  const honest = await verifyRegistration(body, expected);
  const verified = ['attestationObject', 'clientDataJSON'];
  const outcome = await tally(body, verified, (one) => verifyRegistration(one, expected));
  expect(outcome.thrown).toEqual([]);
  // The envelope around what is signed may be written in more than one way.
  expect(outcome.accepted.filter(({ as }) => JSON.stringify(as) !== JSON.stringify(honest))).toEqual([]);
  expect(outcome.accepted.length).toBeLessThan(rounds / 20);
  expect(outcome.grownBy).toBeLessThan(mostGrowth);
});

test('a registration without a signature that was spoilt fails by a check, if it does', { timeout }, async () => {
  const expected = expectation();
  const body = registrationBody(newAuthenticator(), expected);
  const outcome = await tally(body, ['attestationObject'], (one) => verifyRegistration(one, expected));
  expect(outcome.thrown).toEqual([]);
});

test('bodies that are not even of the right form are refused for it', async () => {
  const bodies: unknown[] = [
    undefined,
    null,
    0,
    '',
    'a',
    [],
    {},
    { response: null },
    { id: 'AAAA', rawId: 'AAAA', response: [] },
  ];
  const expected = expectation();
  const passkey = recordOf(await verifyRegistration(registrationBody(newAuthenticator(), expected), expected));
  for (const body of bodies as never[]) {
    const refusal = { name: 'PasskeyRefusedError', check: 'form', code: 'passkey_invalid' };
    await expect(verifyRegistration(body, expected)).rejects.toMatchObject(refusal);
    await expect(verifyAuthentication(body, expected, passkey, userHandle)).rejects.toMatchObject(refusal);
  }
});
