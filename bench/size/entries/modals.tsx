// The same with the modals: an application that can open every one of them.
import { MfaProvider, useGetMfaToken, useIsMfaRequiredForAction, useMfa } from 'mfa-kit';
import { createRoot } from 'react-dom/client';

function Page() {
  const mfa = useMfa();
  const isRequired = useIsMfaRequiredForAction();
  const getMfaToken = useGetMfaToken();
  console.log(mfa, isRequired, getMfaToken);
  return null;
}

createRoot(document.body).render(
  <MfaProvider environmentId="size" apiBaseUrl="/api/v0">
    <Page />
  </MfaProvider>,
);
