import { postgresStore } from 'mfa-kit/server/postgres';

export const store = postgresStore({ connectionString: process.env.DATABASE_URL ?? '', maxConnections: 10 });
