'use client';

import { useMemo } from 'react';
import { parseScope } from '../wire/scopes.js';
import { useUser } from './useUser.js';

export interface UseDynamicScopesReturnType {
  /** The scopes of the session; none when nobody is signed in. */
  userScopes: string[];
  /** Whether the session has this scope; with several, one of them (`OR`, the default) or all (`AND`). */
  userHasScopes: (scopes: string | string[], logicOperator?: 'AND' | 'OR') => boolean;
}

/**
 * The scopes of the session, such as `user:basic`. For what is shown, never for what is allowed: that is decided on the server.
 *
 * @example
 * const { userHasScopes } = useDynamicScopes();
 * if (!userHasScopes('user:basic')) return <p>One more step…</p>;
 */
export const useDynamicScopes = (): UseDynamicScopesReturnType => {
  const { user, userWithMissingInfo } = useUser();
  const scope = (user ?? userWithMissingInfo)?.scope;
  return useMemo(() => {
    const members = parseScope(scope);
    const has = (one: string) => members.has(one);
    return {
      userScopes: [...members],
      userHasScopes: (scopes, logicOperator = 'OR') => {
        const wanted = [scopes].flat();
        return logicOperator === 'AND' ? wanted.every(has) : wanted.some(has);
      },
    };
  }, [scope]);
};
