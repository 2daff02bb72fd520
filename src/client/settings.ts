// The environment's settings, read at most every five minutes.
import { getSettings } from '../wire/routes.js';
import type { ProjectSettings } from '../wire/settings.js';
import { coreOf, type MfaClient } from './core.js';

const MAX_AGE_MS = 300_000;

/** The environment's settings: methods, enrolment, protected actions. Cached for five minutes. @throws `network_error`. */
export const getProjectSettings = async (client?: MfaClient): Promise<ProjectSettings> => {
  const { settings, send, events } = coreOf(client);
  if (settings.value && Date.now() - settings.readAt < MAX_AGE_MS) return settings.value;
  return send(getSettings, {
    mode: 'open',
    onAnswer(value) {
      const isNew = JSON.stringify(value) !== JSON.stringify(settings.value);
      settings.value = value;
      settings.readAt = Date.now();
      if (isNew) events.emit('projectSettingsChanged', { projectSettings: value });
    },
  });
};
