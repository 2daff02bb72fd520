/** What a client asks before anybody is signed in. */
import type { DrivenOperations } from './DrivenOperation.js';

export const openOperations: DrivenOperations = {
  getEnvironmentSettings: {
    status: 200,
    succeed: ({ site }) => site.call('getEnvironmentSettings', { sdkVersion: 'ClientSDK/1.20.0' }),
    refusals: {
      unknown_environment: ({ site }) => site.call('getEnvironmentSettings', { environmentId: crypto.randomUUID() }),
    },
  },
  logDynamicSdkSettings: {
    status: 200,
    succeed: ({ site }) =>
      site.call('logDynamicSdkSettings', { sdkSettingsRequest: { dynamicContextProps: { theme: 'auto' } } }),
  },
  getNonce: { status: 200, succeed: ({ site }) => site.call('getNonce') },
  getNonces: { status: 200, succeed: ({ site }) => site.call('getNonces', { count: 5 }) },
  getHealthcheck: { status: 200, succeed: ({ site }) => site.call('getHealthcheck') },
  getJwksByEnvironmentId: { status: 200, succeed: ({ site }) => site.call('getJwksByEnvironmentId') },
  getJwksJsonByEnvironmentId: { status: 200, succeed: ({ site }) => site.call('getJwksJsonByEnvironmentId') },
};
