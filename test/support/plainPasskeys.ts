/** The passkeys of the plain server, verified by @simplewebauthn/server alone (contract §5.4). */
import {
  generateAuthenticationOptions,
  generateRegistrationOptions,
  type RegistrationResponseJSON,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
} from '@simplewebauthn/server';
import { type PlainPasskey, PlainRefusal, type PlainUser } from './plainSession.js';
import { origin } from './server.js';

const rpID = new URL(origin).hostname;

const refused = () => new PlainRefusal(400, { error: 'The passkey could not be verified.' });

export const createPlainPasskeys = (users: readonly PlainUser[]) => {
  const challenges = new Set<string>();
  const ownerOf = (credentialId: string) =>
    users.find(({ passkeys }) => passkeys.some((passkey) => passkey.credentialId === credentialId));

  const authenticationOptions = async (allowed?: readonly PlainPasskey[]) => {
    const options = await generateAuthenticationOptions({ rpID });
    challenges.add(options.challenge);
    // The published options name no type.
    return {
      ...options,
      ...(allowed && { allowCredentials: allowed.map(({ credentialId }) => ({ id: credentialId })) }),
    };
  };

  return {
    describe: ({ id, credentialId, createdAt }: PlainPasskey) => ({ id, credentialId, createdAt, colour: 'green' }),
    async registrationOptions(user: PlainUser) {
      const options = await generateRegistrationOptions({
        rpName: 'Plain',
        rpID,
        userID: new TextEncoder().encode(user.id),
        userName: user.name,
        excludeCredentials: user.passkeys.map(({ credentialId }) => ({ id: credentialId })),
      });
      challenges.add(options.challenge);
      return options;
    },
    /** The client data come under their published name, which is not the browser's. */
    async register(user: PlainUser, body: Record<string, unknown>): Promise<void> {
      const { clientDataJson, ...response } = body.response as { clientDataJson?: string; attestationObject: string };
      if (typeof clientDataJson !== 'string')
        throw new PlainRefusal(400, { error: 'response.clientDataJson is missing' });
      const made = { ...body, response: { ...response, clientDataJSON: clientDataJson } };
      const { verified, registrationInfo } = await verifyRegistrationResponse({
        response: made as unknown as RegistrationResponseJSON,
        expectedChallenge: (challenge) => challenges.delete(challenge),
        expectedOrigin: origin,
        expectedRPID: rpID,
      }).catch(() => {
        throw refused();
      });
      if (!verified) throw refused();
      const { id, publicKey, counter } = registrationInfo.credential;
      const createdAt = new Date().toISOString();
      user.passkeys.push({ id: crypto.randomUUID(), credentialId: id, publicKey, counter, createdAt });
    },
    authenticationOptions,
    /** Whose passkey signed. */
    async authenticate(body: Record<string, unknown>): Promise<PlainUser> {
      const user = ownerOf(String(body.id));
      const passkey = user?.passkeys.find(({ credentialId }) => credentialId === body.id);
      if (!user || !passkey) throw new PlainRefusal(422, { error: 'No such passkey.', code: 'passkey_not_found' });
      const { verified, authenticationInfo } = await verifyAuthenticationResponse({
        response: body as never,
        expectedChallenge: (challenge) => challenges.delete(challenge),
        expectedOrigin: origin,
        expectedRPID: rpID,
        credential: { id: passkey.credentialId, publicKey: passkey.publicKey, counter: passkey.counter },
        requireUserVerification: false,
      }).catch(() => {
        throw refused();
      });
      if (!verified) throw refused();
      passkey.counter = authenticationInfo.newCounter;
      return user;
    },
  };
};
