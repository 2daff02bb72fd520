// The hooks alone: an application that draws every screen itself.
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
  <MfaProvider environmentId="size" apiBaseUrl="/api/v0" modals={false}>
    <Page />
  </MfaProvider>,
);
