/** The published generated client drives every operation that concerns this kit, over HTTP, and reads every answer. */
import { describe, expect, test } from 'vitest';
import { type ErrorCode, errorCodes } from '../../src/wire/errorCodes.js';
import { refusalOf } from '../support/publishedClient.js';
import { startAda } from '../support/publishedPerson.js';
import { environmentId } from '../support/server.js';
import { leftOut } from './leftOut.js';
import { operations } from './operations/index.js';
import { misfits, type PublishedOperation, publishedOperations } from './publishedDeclarations.js';

const driven = Object.entries(operations);
const declared = (name: string): PublishedOperation => {
  const found = publishedOperations.find((one) => one.name === name);
  if (!found) throw new Error(`the published client has no operation ${name}`);
  return found;
};

const concerns =
  /^\/(users$|users\/(mfa|passkeys|check|merge|wallets)|stepUp|emailVerifications|smsVerifications|emailProvider|externalAuth|deviceRegistration|session$|refresh$|revoke$|nonces?$|healthcheck$|\.well-known|settings$|sdkSettings$)/;
const sounds = /mfa|passkey|stepUp|email|external|session/i;

describe('the list of operations', () => {
  test('drives or leaves out, with a reason, whatever the published client has for this kit’s concerns', () => {
    const ours = publishedOperations
      .filter(({ method }) => method !== 'OPTIONS')
      .filter(({ name, path }) => concerns.test(path) || (sounds.test(name) && !path.startsWith('/businessAccounts')))
      .map(({ name }) => name);
    expect(ours.length).toBeGreaterThan(50);
    expect(ours.toSorted()).toEqual([...Object.keys(operations), ...Object.keys(leftOut)].toSorted());
  });

  test('leaves nothing half answered: what is left out is a route this server does not have', async () => {
    const { site } = await startAda();
    for (const { method, path } of Object.keys(leftOut).map(declared)) {
      const response = await fetch(`${site.baseUrl}/sdk/${environmentId}${path}`, { method });
      expect([path, response.status, await response.json()]).toMatchObject([path, 404, { code: 'not_found' }]);
    }
  });
});

describe('answers as stated, and its parser reads a whole answer', () => {
  const succeeding = driven.flatMap(([name, { status, succeed }]) =>
    status && succeed ? [{ name, status, succeed }] : [],
  );
  test.each(succeeding)('$name: $status', async ({ name, status, succeed }) => {
    const ada = await startAda();
    const parsed = await succeed(ada);
    const last = ada.site.exchanges.at(-1);
    const { method, path, answer } = declared(name);
    expect(`${last?.method} ${last?.path}`).toMatch(new RegExp(`^${method} ${path.replace(/\{\w+\}/, '[^/]+')}$`));
    expect(last?.status).toBe(status);
    if (status === 204) expect(last?.text).toBe('');
    else expect(last?.type).toMatch(/^application\/json/);
    expect(misfits(answer, parsed)).toEqual([]);
    expect(ada.site.server.errors).toEqual([]);
  });
});

describe('refuses with a status, a string `error` and the code its error classes are chosen by', () => {
  const refused = driven.flatMap(([name, { refusals = {} }]) =>
    (Object.entries(refusals) as [ErrorCode, (typeof refusals)[ErrorCode]][]).flatMap(([code, attempt]) =>
      attempt ? [{ name, code, status: errorCodes[code], attempt }] : [],
    ),
  );
  test.each(refused)('$name: $status $code', async ({ name, code, status, attempt }) => {
    const ada = await startAda();
    const refusal = await refusalOf(attempt(ada));
    expect(refusal).toEqual({ status, body: expect.objectContaining({ code, error: expect.any(String) }) });
    expect(ada.site.exchanges.at(-1)).toMatchObject({ method: declared(name).method, status });
    expect(ada.site.server.errors).toEqual([]);
  });
});
