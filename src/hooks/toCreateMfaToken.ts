import type { CreateMfaToken } from '../wire/actions.js';

/** @internal Published guides pass a boolean or an object; `true` is a token for one use. */
export const toCreateMfaToken = (asked: boolean | CreateMfaToken | undefined): CreateMfaToken | undefined =>
  asked === true ? { singleUse: true } : asked || undefined;
