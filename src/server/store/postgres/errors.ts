/** Which failures of PostgreSQL mean "not now", so that the request may be repeated as it is. */
import { StoreBusyError } from '../Store.js';

/** https://www.postgresql.org/docs/current/errcodes-appendix.html */
const passing = [
  /^08/, // connection exception
  /^53/, // insufficient resources: too many connections, disk full
  /^57P0[123]$/, // shutting down, crashed, starting up
  /^57014$/, // statement timeout
  /^55P03$/, // lock timeout
  /^40P01$/, // deadlock
  /^40001$/, // serialization failure
  /^25P0[34]$/, // idle in transaction for too long
  /^25006$/, // read-only: the primary has become a standby
];

const network = /^(ECONNREFUSED|ECONNRESET|ETIMEDOUT|EPIPE|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH)$/;

/** What pg says without a code. */
const spoken = /timeout exceeded when trying to connect|connection terminated|query read timeout|connection error/i;

/** `StoreBusyError` for a passing failure, anything else as it is. */
export function explain(error: unknown): unknown {
  if (!(error instanceof Error) || !isPassing(error)) return error;
  return new StoreBusyError(`PostgreSQL could not serve this now: ${error.message}`, { cause: error });
}

export function postgresCode(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
}

function isPassing(error: Error): boolean {
  const code = postgresCode(error);
  if (code) return network.test(code) || passing.some((pattern) => pattern.test(code));
  // Several addresses were tried and all refused.
  if (error instanceof AggregateError) return error.errors.some((one) => one instanceof Error && isPassing(one));
  return spoken.test(error.message);
}
