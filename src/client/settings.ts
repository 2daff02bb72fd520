// The environment's settings, read at most every five minutes.
import { getSettings } from '../wire/routes.js';
import type { ProjectSettings } from '../wire/settings.js';
import { coreOf, type MfaClient } from './core.js';
import { send } from './transport.js';

const MAX_AGE_MS = 300_000;

/** The environment's settings: methods, enrolment, protected actions. Cached for five minutes. @throws `network_error`. */
export const getProjectSettings = async (client?: MfaClient): Promise<ProjectSettings> => {
  const core = coreOf(client);
  if (core.settings && Date.now() < (core.settingsFreshUntil ?? 0)) return core.settings;
  return send(client, getSettings, {
    mode: 'open',
    onAnswer(settings) {
      core.settings = settings;
      core.settingOf = (action) => settings.security.mfa.actions.find((one) => one.action === action);
      core.settingsFreshUntil = Date.now() + MAX_AGE_MS;
      core.tell();
    },
  });
};
