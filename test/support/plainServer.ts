/**
 * Somebody else's server: written from contract §5 to §7 and from nothing of ours. It answers what the wire demands and no
 * more: no idempotency, no challenges, no locks, no clock, no tries left, no device without its published gaps, an
 * enrolment anew with every question.
 */
import { randomInt } from 'node:crypto';
import { Secret, TOTP } from 'otpauth';
import { createPlainPasskeys } from './plainPasskeys.js';
import {
  createPlainRegister,
  describeUser,
  type PlainAsk,
  type PlainDevice,
  PlainRefusal,
  type PlainSession,
  type PlainUser,
} from './plainSession.js';
import { environmentId } from './server.js';

interface Call {
  request: Request;
  body: Record<string, unknown>;
  id: string;
}
interface SignedInCall extends Call {
  session: PlainSession;
  user: PlainUser;
}
type Handler<TCall> = (call: TCall) => unknown;

/** The smallest document that both published clients accept (contract §6.1). */
const smallest = { chains: [], kyc: [], design: {}, general: {}, privacy: {}, sdk: {}, security: {} };

const symbols = 'ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz23456789';
const recoveryCode = (): string => Array.from({ length: 10 }, () => symbols[randomInt(symbols.length)]).join('');

const wrongCode = () => new PlainRefusal(422, { error: 'Wrong code.', code: 'mfa_invalid_code' });
const isCode = (device: PlainDevice, code: unknown): boolean =>
  new TOTP({ secret: Secret.fromBase32(device.secret) }).validate({ token: String(code), window: 1 }) !== null;

const describeDevice = ({ id, createdAt }: PlainDevice) => ({ id, createdAt });
const hasFactor = ({ devices, passkeys }: PlainUser): boolean =>
  passkeys.length > 0 || devices.some(({ isVerified }) => isVerified);

export const createPlainServer = () => {
  const register = createPlainRegister();
  const { verified } = register;
  const passkeys = createPlainPasskeys(register.users);
  const mails: { to: string; code: string; id: string }[] = [];
  const requests: { what: string; headers: Headers; body: string }[] = [];
  const instead: { what: string; answer: () => Response }[] = [];

  const sendCode = ({ body }: Call) => {
    const mail = { to: String(body.email), code: String(randomInt(1e6)).padStart(6, '0'), id: crypto.randomUUID() };
    mails.push(mail);
    return { verificationUUID: mail.id, email: mail.to };
  };
  const openMail = ({ body }: Call): string => {
    const mail = mails.find(({ id, code }) => id === body.verificationUUID && code === body.verificationToken);
    if (!mail) throw new PlainRefusal(422, { error: 'Wrong code.', code: 'wrong_email_verification_token' });
    return mail.to;
  };
  const external = ({ body }: Call): string => {
    const [, subject] = /^signed-for:(\w+)$/.exec(String(body.jwt)) ?? [];
    if (subject === undefined) throw new PlainRefusal(422, { error: 'No.', code: 'invalid_external_auth' });
    return subject;
  };
  /** A full session; the first factor of all makes codes that wait to be saved. */
  const pass = ({ session, user, body }: SignedInCall) => {
    session.isBasic = true;
    user.wrongCodes = 0;
    user.acknowledgement ??= 'pending';
    return verified(session, body as PlainAsk);
  };
  const demandBasic = ({ session }: SignedInCall): void => {
    if (!session.isBasic) throw new PlainRefusal(403, { error: 'The session lacks a scope.' });
  };
  const demandProof = (call: SignedInCall, scope: string): void => {
    if (!hasFactor(call.user) || register.takeProof(call.request.headers, scope)) return;
    throw new PlainRefusal(403, { error: 'This needs an elevated access token.' });
  };
  const countWrong = (user: PlainUser): PlainRefusal => {
    user.wrongCodes += 1;
    return user.wrongCodes > 5 ? new PlainRefusal(429, { error: 'Too many.', code: 'mfa_rate_limited' }) : wrongCode();
  };
  const newCodes = ({ user }: SignedInCall) => {
    user.codes = Array.from({ length: 10 }, recoveryCode);
    return { count: user.codes.length, recoveryCodes: user.codes };
  };

  const open: Record<string, Handler<Call>> = {
    'GET /settings': () => server.settings,
    'POST /emailVerifications/create': sendCode,
    'POST /emailVerifications/retry': sendCode,
    'POST /emailVerifications/signin': (call) => verified({ user: register.findOrAdd(openMail(call)), isBasic: false }),
    'POST /externalAuth/signin': (call) => verified({ user: register.findOrAdd(external(call)), isBasic: false }),
    'GET /users/passkeys/signin': () => passkeys.authenticationOptions(),
    'POST /users/passkeys/signin': async ({ body }) =>
      verified({ user: await passkeys.authenticate(body), isBasic: true }),
  };
  const signedIn: Record<string, Handler<SignedInCall>> = {
    'GET /users': ({ session }) => describeUser(session),
    'PUT /users'({ session, user, body }) {
      if (body.mfaBackupCodeAcknowledgement === 'complete') user.acknowledgement = 'complete';
      if (typeof body.firstName === 'string') user.firstName = body.firstName;
      return { ...verified(session), nextView: 'done' };
    },
    'DELETE /users'({ user }) {
      register.users.splice(register.users.indexOf(user), 1);
    },
    'POST /refresh': ({ session }) => verified(session),
    'POST /revoke'({ session }) {
      for (const [token, one] of register.sessions) if (one === session) register.sessions.delete(token);
    },
    'POST /emailVerifications/verify'(call) {
      openMail(call);
      return { ...verified(call.session, call.body as PlainAsk), nextView: 'done' };
    },
    'POST /externalAuth/verify'(call) {
      external(call);
      return { elevatedAccessToken: register.elevate(['credential:link']) };
    },
    'POST /stepUp/check': ({ user }) =>
      hasFactor(user)
        ? {
            isRequired: true,
            credentials: [...user.devices, ...user.passkeys].map(({ id }) => ({ id, format: 'totp' })),
          }
        : { isRequired: false, credentials: [] },
    'GET /users/mfa': ({ user }) => ({ count: user.devices.length, devices: user.devices.map(describeDevice) }),
    'GET /users/mfa/methods': ({ user }) => ({
      devices: user.devices.filter(({ isVerified }) => isVerified).map(describeDevice),
      passkeys: user.passkeys.map(passkeys.describe),
      userHasVerifiedMfaMethods: hasFactor(user),
    }),
    'PUT /users/mfa/:id'(call) {
      demandBasic(call);
      if (!call.user.devices.some(({ id }) => id === call.id)) {
        throw new PlainRefusal(404, { error: 'No such device.', code: 'mfa_device_not_found' });
      }
    },
    'DELETE /users/mfa/:id'(call) {
      demandBasic(call);
      demandProof(call, 'credential:unlink');
      call.user.devices = call.user.devices.filter(({ id }) => id !== call.id);
    },
    'GET /users/mfa/register/totp'({ user }) {
      if (user.devices.some(({ isVerified }) => isVerified))
        throw new PlainRefusal(401, { error: 'There is one already.' });
      const totp = new TOTP({ issuer: 'Plain', label: user.name, secret: new Secret({ size: 20 }) });
      const secret = totp.secret.base32;
      const device = { id: crypto.randomUUID(), secret, createdAt: new Date().toISOString(), isVerified: false };
      user.devices = [device];
      return { id: device.id, type: 'totp', secret, uri: totp.toString() };
    },
    'POST /users/mfa/register/totp'({ user, body }) {
      const device = user.devices.find((one) => isCode(one, body.code));
      if (!device) throw wrongCode();
      device.isVerified = true;
      return describeDevice(device);
    },
    'POST /users/mfa/auth/totp'(call) {
      const { user, body } = call;
      const device = user.devices.find(({ id, isVerified }) => (body.id === undefined ? isVerified : id === body.id));
      if (!device) throw new PlainRefusal(422, { error: 'No such device.', code: 'mfa_device_not_found' });
      if (user.wrongCodes > 5 || !isCode(device, body.code)) throw countWrong(user);
      device.isVerified = true;
      return pass(call);
    },
    'POST /users/mfa/auth/recovery'(call) {
      const { user, body } = call;
      if (!user.codes.includes(String(body.code))) throw countWrong(user);
      user.codes = user.codes.filter((code) => code !== body.code);
      return pass(call);
    },
    'GET /users/mfa/recovery'(call) {
      demandBasic(call);
      if (call.user.acknowledgement === 'complete') throw new PlainRefusal(400, { error: 'They were shown already.' });
      return call.user.codes.length > 0 ? { count: 10, recoveryCodes: call.user.codes } : newCodes(call);
    },
    'POST /users/mfa/recovery'(call) {
      demandBasic(call);
      return newCodes(call);
    },
    'GET /users/passkeys': ({ user }) => ({
      count: user.passkeys.length,
      passkeys: user.passkeys.map(passkeys.describe),
    }),
    'DELETE /users/passkeys'(call) {
      demandBasic(call);
      demandProof(call, 'credential:unlink');
      call.user.passkeys = call.user.passkeys.filter(({ id }) => id !== call.body.passkeyId);
    },
    'PUT /users/passkeys'({ user, body }) {
      const passkey = user.passkeys.find(({ id }) => id === body.id);
      if (!passkey) throw new PlainRefusal(422, { error: 'No such passkey.', code: 'passkey_not_found' });
      return { ...passkeys.describe(passkey), alias: body.alias };
    },
    'GET /users/passkeys/register': ({ user }) => passkeys.registrationOptions(user),
    async 'POST /users/passkeys/register'(call) {
      demandProof(call, 'credential:link');
      await passkeys.register(call.user, call.body);
      return pass(call);
    },
    'GET /users/passkeys/authenticate': ({ user }) => passkeys.authenticationOptions(user.passkeys),
    async 'POST /users/mfa/auth/passkey'(call) {
      if ((await passkeys.authenticate(call.body)) !== call.user) throw new PlainRefusal(403, { error: 'Not yours.' });
      return pass(call);
    },
  };

  const answer = async (request: Request): Promise<unknown> => {
    const path = new URL(request.url).pathname.split(`/api/v0/sdk/${environmentId}`)[1] ?? '';
    const what = `${request.method} ${path}`;
    const text = await request.text();
    requests.push({ what, headers: request.headers, body: text });
    const other = instead.findIndex((one) => one.what === what);
    if (other !== -1) return instead.splice(other, 1)[0]?.answer();
    const id = /\/users\/mfa\/([0-9a-f-]{36})$/.exec(path)?.[1] ?? '';
    const route = id === '' ? what : what.replace(id, ':id');
    const call: Call = { request, body: text === '' ? {} : (JSON.parse(text) as Call['body']), id };
    const openRoute = open[route];
    if (openRoute) return openRoute(call);
    const session = register.sessions.get((request.headers.get('authorization') ?? '').replace('Bearer ', ''));
    if (!session) throw new PlainRefusal(401, { error: 'Unauthorized' });
    const handler = signedIn[route];
    if (!handler) throw new PlainRefusal(404, { error: 'not found', code: 'not_found' });
    return handler({ ...call, session, user: session.user });
  };

  const server = {
    mails,
    requests,
    users: register.users,
    settings: smallest as object,
    /** The next request to a route, such as `POST /refresh`, is answered by this. */
    answerInstead: (what: string, response: () => Response) => void instead.push({ what, answer: response }),
    async fetch(request: Request): Promise<Response> {
      try {
        const given = await answer(request);
        if (given instanceof Response) return given;
        return given === undefined ? new Response(null, { status: 204 }) : Response.json(given);
      } catch (refusal) {
        if (refusal instanceof PlainRefusal) return Response.json(refusal.body, { status: refusal.status });
        throw refusal;
      }
    },
  };
  return server;
};
