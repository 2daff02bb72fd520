import { createServer } from 'node:http';
import { getRequestListener } from '@hono/node-server';
import { createMfaServer } from 'mfa-kit/server';
import { sqliteStore } from 'mfa-kit/server/sqlite';

export const mfa = await createMfaServer({
  environmentId: '0b5a3f0e-58c5-4a44-9d0c-7d8f1b1f2f11', // any UUID of your own
  baseUrl: 'http://localhost:3000/api/v0',
  origins: ['http://localhost:3000'],
  appName: 'Harbor',
  keys: JSON.parse(process.env.MFA_KEYS ?? 'null'), // made once by generateKeys(), kept outside the database
  store: sqliteStore({ file: 'data/mfa.db' }),
  sendEmail: ({ to, code }) => console.log(`Sign-in code for ${to}: ${code}`),
  policy: { enrollment: 'signup' }, // everybody enrols; without it, whoever wants to
});

export const server = createServer(getRequestListener(mfa.fetch, { overrideGlobalObjects: false })).listen(
  Number(process.env.PORT ?? 3000),
);
