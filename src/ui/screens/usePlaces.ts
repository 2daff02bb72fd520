import type { UserPasskey } from '../../wire/passkeys.js';
import { createPiece, emptyPiece, usePiece } from '../parts/piece.js';
import type { PasskeyProvider } from '../passkeyProviders.js';
import { type Place, placeOf } from './place.js';

const providers = createPiece(() => import('../passkeyProviders.js').then((module) => module.passkeyProviders));

/**
 * Names the place of a passkey; by its kind alone until the list of names is there, and without it. Where there are no
 * passkeys nothing is loaded.
 */
export function usePlaces(hasPasskeys: boolean): (passkey: UserPasskey) => Place {
  const state = usePiece<ReadonlyMap<string, PasskeyProvider> | undefined>(hasPasskeys ? providers : emptyPiece);
  const known = state.status === 'ready' ? state.value : undefined;
  return (passkey) => placeOf(passkey, known?.get(passkey.aaguid ?? ''));
}
