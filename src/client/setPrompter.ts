// Who asks the person for a proof.
import { coreOf, type MfaClient } from './core.js';
import type { MfaPrompter } from './prompter.js';

/**
 * Says how this client asks for a proof, for an interface of your own without React; `<MfaProvider>` does it by itself.
 * Gives the function that withdraws it. Prove with what the prompt says, such as
 * `authenticateTotpMfaDevice({ code, mfaAction: prompt.action, createMfaToken: prompt.createMfaToken, … })`.
 */
export const setPrompter = (prompter: MfaPrompter, client?: MfaClient): (() => void) => {
  const core = coreOf(client);
  core.prompt = prompter;
  return () => {
    if (core.prompt === prompter) core.prompt = undefined;
  };
};
