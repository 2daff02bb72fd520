import type { MfaPolicy } from 'mfa-kit/server';

export const actions: MfaPolicy['actions'] = [
  { action: 'transfer.send', required: true, tokenBehavior: 'single_use' }, // a proof for each
  { action: 'report.read', required: true }, // one proof for ten minutes
  { action: 'keys.export', required: true, tokenBehavior: 'single_use', minLevel: 'phr' }, // a passkey, nothing less
];
