/** The byte budgets, on consumer bundles made from the packed tarball; and that what belongs on demand is on demand. */
import { beforeAll, describe, expect, test } from 'vitest';
import { budgets, limits, overBudget } from '../../bench/size/budgets.mjs';
import { measure } from '../../bench/size/measure.mjs';

let result: Awaited<ReturnType<typeof measure>>;

beforeAll(async () => {
  result = await measure();
});

test.each(Object.keys(limits) as (keyof typeof limits)[])('%s weighs no more than it may', (name) => {
  expect(result.measured[name]).toBeGreaterThan(0);
  expect(result.measured[name]).toBeLessThanOrEqual(limits[name]);
});

test.each(Object.keys(overBudget) as (keyof typeof overBudget)[])(
  '%s is still over its budget: else hold the budget',
  (name) => {
    expect(result.measured[name]).toBeGreaterThan(budgets[name]);
  },
);

describe.each(['hooks', 'modals', 'hooksWithoutQuery', 'headless'] as const)('the start of the bundle "%s"', (name) => {
  test('holds no dialog, no QR drawing, no passkey library, and no screen', () => {
    const onDemand = /^(@radix-ui|qrcode|@simplewebauthn)\/|^mfa-kit\/dist\/ui\/(MfaModals|screens\/|parts\/)/;
    const eager = result.bundles[name].start
      .flatMap((piece) => piece.modules.map(({ id }) => id))
      .filter((id) => onDemand.test(id));
    expect(eager).toEqual([]);
  });
});

describe('what the modals load on demand', () => {
  const idsOf = (pattern: RegExp) =>
    result.bundles.modals.lazy
      .filter((piece) => piece.modules.some(({ id }) => pattern.test(id)))
      .map((piece) => piece.name);

  test('is there: a pattern that matches nothing would pass the checks above for ever', () => {
    for (const pattern of [/^@radix-ui\//, /^qrcode\//, /^mfa-kit\/dist\/ui\/screens\//]) {
      expect(idsOf(pattern), String(pattern)).not.toEqual([]);
    }
  });

  test('keeps the QR drawing apart from the dialog', () => {
    const dialog = idsOf(/^@radix-ui\//);
    expect(idsOf(/^qrcode\//).filter((name) => dialog.includes(name))).toEqual([]);
  });
});

test('the headless client brings no React and loads nothing more', () => {
  const modules = [...result.bundles.headless.start, ...result.bundles.headless.lazy].flatMap((piece) =>
    piece.modules.map(({ id }) => id),
  );
  expect(modules.filter((id) => /^(react|@tanstack)/.test(id) || /dist\/(hooks|queries|ui)\//.test(id))).toEqual([]);
});
