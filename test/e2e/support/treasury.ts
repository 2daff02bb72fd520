/** What a person does on Harbor's treasury page, and what of it the server has done. */
import type { Locator } from 'playwright';
import { expect } from 'vitest';
import type { TreasuryAccount } from '../../../demo/treasury.js';
import type { Person } from './Person.js';

export const delegateAddresses = [
  '0x52908400098527886E0F7030069857D2E4169EE7',
  '0x8617E340B3D01FA5F11F306F4090FD50E238070D',
] as const;

export const card = (person: Person, title: string | RegExp): Locator =>
  person.page.getByRole('region', { name: title });

export const sendCard = (person: Person): Locator => card(person, 'Send');

export const openTreasury = async (person: Person): Promise<void> => {
  await person.go('#/treasury');
  await sendCard(person).waitFor();
};

export const fillOrder = async (person: Person, amount = '250.00', note = 'Invoice 2207'): Promise<void> => {
  await sendCard(person).getByRole('button', { name: 'Alder & Finch' }).click();
  await sendCard(person).getByLabel('Amount in HM').fill(amount);
  await sendCard(person).getByLabel('Note').fill(note);
};

/** Fills the form and sends it: the prompt is up afterwards, where one is wanted. */
export const send = async (person: Person, amount?: string): Promise<void> => {
  await fillOrder(person, amount);
  await submitOrder(person);
};

export const submitOrder = (person: Person): Promise<void> =>
  sendCard(person).getByRole('button', { name: 'Send', exact: true }).click();

export const isSent = (person: Person, amount = '250.00'): Promise<void> =>
  sendCard(person).getByText(`${amount} HM sent to Alder & Finch`).waitFor();

export const sign = async (person: Person, message: string): Promise<void> => {
  const form = card(person, 'Sign a message');
  await form.getByLabel('Message').fill(message);
  await form.getByRole('button', { name: 'Sign', exact: true }).click();
};

export const isSigned = (person: Person, message: string): Promise<void> =>
  card(person, 'Sign a message').locator('output', { hasText: 'the signature verifies' }).getByText(message).waitFor();

export const fillDelegate = async (person: Person, label: string, address: string): Promise<void> => {
  await card(person, 'Delegates').getByLabel('Name').fill(label);
  await card(person, 'Delegates').getByLabel('Their address').fill(address);
};

export const approveDelegate = async (person: Person, label = 'Mira Okafor'): Promise<void> => {
  await fillDelegate(person, label, delegateAddresses[0]);
  await card(person, 'Delegates').getByRole('button', { name: 'Approve delegate' }).click();
};

/** What the server says of the account, whatever the page shows. */
export const readAccount = (person: Person): Promise<TreasuryAccount> =>
  person.page.evaluate(async () => {
    const response = await fetch('/demo/treasury/account');
    return (await response.json()) as TreasuryAccount;
  });

/** How many transfers were booked, and what they came to. */
export const expectPaid = async (person: Person, ...amounts: string[]): Promise<void> => {
  const { history } = await readAccount(person);
  const paid = history.filter(({ direction }) => direction === 'out').map(({ amount }) => amount);
  expect(paid.reverse()).toEqual(amounts);
};

/** Everything a person is asked to approve right now. */
export const approval = (person: Person): Locator => person.dialog.locator('[data-mfa-part="approval"]');
