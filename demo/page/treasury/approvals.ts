/** What a prompt says about each of the treasury's actions: for the `actions` of the provider. */
import type { MfaActionTexts } from 'mfa-kit';
import { marks } from './marks.js';

const text = (payload: Record<string, unknown>, field: string): string => {
  const value = payload[field];
  return typeof value === 'string' ? value : '';
};

export const approvals: MfaActionTexts = {
  'treasury.transfer': {
    title: 'Send Harbor marks',
    describe: (payload) => [
      { label: 'Amount', value: marks(text(payload, 'amount')) },
      // Whole: somebody's look-alike address has the same beginning and end.
      { label: 'To', value: text(payload, 'to') },
      ...(text(payload, 'note') ? [{ label: 'Note', value: text(payload, 'note') }] : []),
    ],
  },
  'wallet.waas.sign': { title: 'Sign messages with your treasury key' },
  'wallet.waas.export': { title: 'Export your private key' },
  'wallet.waas.reshare': {
    title: 'Change who holds your key',
    describe: (payload) => {
      const change = text(payload, 'change');
      if (change === 'approve') {
        return [
          { label: 'Approve', value: text(payload, 'label') },
          { label: 'Address', value: text(payload, 'address') },
        ];
      }
      if (change === 'revoke') return [{ label: 'Revoke', value: text(payload, 'address') }];
      return 'Deal the shares of the key anew';
    },
  },
  'wallet.waas.refresh': { title: 'Claim your prepared wallet' },
};
