import { MAX_COUNT } from '../controller/createAsk.js';
import type { Method, PromptRequest } from '../controller/screens.js';
import type { CreateMfaToken } from '../wire/actions.js';

/** One token for all who wait where it lasts, else one for each. Nothing that lasts is given for a recovery code. */
const tokenFor = ({ createMfaToken, count = 1 }: PromptRequest, method: Method): CreateMfaToken | undefined => {
  if (!createMfaToken) return undefined;
  const singleUse = createMfaToken.singleUse || method === 'recovery';
  return singleUse && count > 1 ? { singleUse, count: Math.min(count, MAX_COUNT) } : { singleUse };
};

/**
 * What goes along with a proof by this method, so that everybody who waits for a prompt gets their part of it: for an
 * interface of your own, drawn with {@link useModalController}.
 *
 * @example
 * const { mutateAsync: authenticate } = useAuthenticateTotp();
 * const { request, send } = useModalController();
 * const result = await authenticate({ code, ...askOf(request, 'totp') });
 * send({ type: 'verified', method: 'totp', ...result });
 */
export const askOf = (request: PromptRequest, method: Method) => {
  const { requestedScopes, action, payload, challengeId } = request;
  return { createMfaToken: tokenFor(request, method), requestedScopes, mfaAction: action, payload, challengeId };
};
