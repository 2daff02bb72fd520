import { authenticateTotpMfaDevice, type MfaClient, mfaFetch, setPrompter } from 'mfa-kit/client';

/** How this program asks for a proof; `<MfaProvider>` does it by itself. */
export const askInWords = (client: MfaClient, askCode: (what: string) => Promise<string>) =>
  setPrompter(async ({ action = '', summary = action, ...asked }) => {
    const code = await askCode(summary);
    const { mfaToken } = await authenticateTotpMfaDevice({ ...asked, code, mfaAction: action }, client);
    return mfaToken;
  }, client);

export const sendMoney = (client: MfaClient, url: string, transfer: { to: string; amount: number }) =>
  mfaFetch(
    url,
    {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(transfer),
      mfa: { action: 'transfer.send', payload: transfer },
    },
    client,
  );
