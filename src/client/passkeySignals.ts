// Tells the browser what became of passkeys, so that it stops offering those that are gone (WebAuthn L3 §5.1.10). A
// browser without these signals, or one that does not want them, changes nothing: they are never an error. The list of
// all that are left is not sent: a list read a moment too early would hide a passkey just made.
import type { PasskeyAuthenticationOptions, PasskeyRegistrationOptions, UserPasskey } from '../wire/passkeys.js';
import type { ClientCore } from './core.js';
import type { PasskeyAssertion } from './PreparedPasskey.js';

/** The account as the browser names it. */
interface Account {
  rpId: string;
  /** The user handle, base64url. Only options of a registration tell it. */
  userId: string;
  name: string;
  displayName: string;
}

interface SignallingCredential {
  signalUnknownCredential?(details: { rpId: string; credentialId: string }): Promise<void>;
  signalCurrentUserDetails?(details: Account): Promise<void>;
}

/** Credential ids by the passkeys' own, as lists told them. */
const credentialIds = new WeakMap<ClientCore, Map<string, string>>();
/** By the id of the user on the server. */
const accounts = new WeakMap<ClientCore, Map<string | undefined, Account>>();
/** What an assertion was asked for by. */
const questions = new WeakMap<PasskeyAssertion, PasskeyAuthenticationOptions>();

export const notePasskeys = (core: ClientCore, passkeys: readonly UserPasskey[]): void => {
  const known = credentialIds.get(core) ?? new Map<string, string>();
  credentialIds.set(core, known);
  for (const { id, credentialId } of passkeys) known.set(id, credentialId);
};

export const noteAccount = (core: ClientCore, { rp, user }: PasskeyRegistrationOptions): void => {
  const { id: userId, name, displayName } = user;
  accounts.set(core, new Map([[core.snapshot.user?.id, { rpId: rp.id, userId, name, displayName }]]));
};

export const noteAssertion = (assertion: PasskeyAssertion, options: PasskeyAuthenticationOptions): void => {
  questions.set(assertion, options);
};

const signal = async (send: (browser: SignallingCredential) => Promise<void> | undefined): Promise<void> => {
  try {
    await send(PublicKeyCredential);
  } catch {
    // The browser's list stays as it is.
  }
};

const signalUnknown = (rpId: string, credentialId: string): Promise<void> =>
  signal((browser) => browser.signalUnknownCredential?.({ rpId, credentialId }));

/**
 * The server knows no passkey that signs like this. One that was used although it was not asked for is another person's,
 * whose browser must not lose it.
 */
export const signalRefused = async (assertion: PasskeyAssertion): Promise<void> => {
  const { rpId, allowCredentials = [] } = questions.get(assertion) ?? {};
  const isAskedFor = allowCredentials.length === 0 || allowCredentials.some(({ id }) => id === assertion.id);
  if (rpId && isAskedFor) await signalUnknown(rpId, assertion.id);
};

/**
 * A passkey was removed. Its relying party is this host or a domain above it; where there is no such passkey the signal
 * means nothing. One of a related origin stays in the browser's list until it is tried.
 */
export const signalRemoved = async (core: ClientCore, passkeyId: string): Promise<void> => {
  const credentialId = credentialIds.get(core)?.get(passkeyId);
  const labels = (globalThis.location?.hostname ?? '').split('.');
  if (credentialId)
    await Promise.all(labels.map((_, from) => signalUnknown(labels.slice(from).join('.'), credentialId)));
};

/** Something about an account was changed: the browser hears how it is named now, where this page knows that. */
export const signalAccount = async (core: ClientCore): Promise<void> => {
  const account = accounts.get(core)?.get(core.snapshot.user?.id);
  if (account) await signal((browser) => browser.signalCurrentUserDetails?.(account));
};
