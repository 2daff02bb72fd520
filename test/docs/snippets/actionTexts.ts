import type { MfaActionTexts } from 'mfa-kit';

/** For `<MfaProvider actions={actionTexts}>`. */
export const actionTexts: MfaActionTexts = {
  'transfer.send': {
    title: 'Send money',
    describe: ({ to, amount }) => [
      { label: 'To', value: String(to) },
      { label: 'Amount', value: `${amount} €` },
    ],
  },
};
