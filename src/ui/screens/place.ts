import type { UserPasskey } from '../../wire/passkeys.js';
import type { Language } from '../messages/Language.js';
import type { IconName } from '../parts/Icon.js';
import type { PasskeyProvider } from '../passkeyProviders.js';

/** Letters a name of a passkey may have. */
export const NAME_LENGTH = 64;

/** Where a passkey is kept: with whom, in what, and whether other devices of the person have it too. */
export interface Place {
  kind: 'cloud' | 'phone' | 'computer' | 'key';
  /** A product's name, where it is known. */
  provider?: string | undefined;
  /** Undefined where the server does not say. */
  isSynced?: boolean | undefined;
}

export const placeIcons: Readonly<Record<Place['kind'], IconName>> = {
  cloud: 'cloud',
  phone: 'phone',
  computer: 'computer',
  key: 'fob',
};

const kindOf = ({ isSynced, userAgent = '' }: UserPasskey, provider: PasskeyProvider | undefined): Place['kind'] => {
  if (provider?.isSecurityKey) return 'key';
  if (isSynced ?? provider !== undefined) return 'cloud';
  return /Android|iPhone|iPad|Mobile/.test(userAgent) ? 'phone' : 'computer';
};

export const placeOf = (passkey: UserPasskey, provider: PasskeyProvider | undefined): Place => ({
  kind: kindOf(passkey, provider),
  provider: provider?.name,
  isSynced: passkey.isSynced,
});

/** With whom it is kept, or in what. */
export const sayPlace = (language: Language, { kind, provider }: Place): string =>
  provider ?? language.say(`place.${kind}`);

/** Whether losing one device loses it. */
export const saySync = (language: Language, { isSynced }: Place): string | undefined =>
  isSynced === undefined ? undefined : language.say(isSynced ? 'place.synced' : 'place.oneDevice');
