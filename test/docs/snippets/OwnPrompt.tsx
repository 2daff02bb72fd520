import { askOf, useAuthenticateTotp, useModalController } from 'mfa-kit';

/** Anywhere under `<MfaProvider modals={false}>`: while it is mounted, prompts open in it. */
export const OwnPrompt = () => {
  const { request, screen, send, close } = useModalController();
  const { mutateAsync: authenticate, error } = useAuthenticateTotp();
  if (!request || !screen) return null;

  const confirm = async (data: FormData) => {
    const result = await authenticate({ code: String(data.get('code')), ...askOf(request, 'totp') });
    send({ type: 'verified', method: 'totp', ...result });
    send({ type: 'finished' }); // or draw the screen `Success` first
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        confirm(new FormData(event.currentTarget)).catch(() => undefined); // told by `error`
      }}
    >
      <h2>Approve {request.action}</h2>
      <pre>{JSON.stringify(request.payload, null, 2)}</pre>
      {screen.name === 'OtpVerification' ? (
        <label>
          Six-digit code <input name="code" inputMode="numeric" autoComplete="one-time-code" />
        </label>
      ) : (
        <p>This needs {screen.name}.</p> // each screen is a component too: see below
      )}
      <p role="alert">{error && 'That code did not match.'}</p>
      <button>Approve</button>
      <button type="button" onClick={() => close('cancelled')}>
        Cancel
      </button>
    </form>
  );
};
