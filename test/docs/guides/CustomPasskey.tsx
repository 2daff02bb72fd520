/** Passkeys with an interface of the application's own: the hooks as functions, and by their names. */
import {
  isMfaError,
  MFAAction,
  useAuthenticatePasskeyMFA,
  useDeletePasskey,
  useGetMfaToken,
  useGetPasskeys,
  useIsMfaRequiredForAction,
  useRegisterPasskey,
} from 'mfa-kit';
import { useState } from 'react';

/** The hooks give the functions themselves. */
export const PasskeySetup = () => {
  const registerPasskey = useRegisterPasskey();
  const getPasskeys = useGetPasskeys();
  const deletePasskey = useDeletePasskey();
  const [ids, setIds] = useState<string[]>([]);
  const [problem, setProblem] = useState('');

  const list = async () => setIds((await getPasskeys()).map(({ id }) => id));
  const add = async () => {
    try {
      await registerPasskey(); // also proves the person, where the session waits for that
      await list();
    } catch (error) {
      setProblem(isMfaError(error, 'passkey_cancelled') ? 'Cancelled' : 'Try again');
    }
  };
  const remove = async (id: string) => {
    await deletePasskey(id);
    await list();
  };
  return (
    <>
      <button onClick={add}>Add a passkey</button>
      <ul>
        {ids.map((id) => (
          <li key={id}>
            <button onClick={() => remove(id)}>Remove</button>
          </li>
        ))}
      </ul>
      <p role="alert">{problem}</p>
    </>
  );
};

/** The same hooks, taken apart by name. */
export const ExportWithPasskey = ({ onExport }: { onExport: (mfaToken?: string) => Promise<void> }) => {
  const { isMfaRequiredForAction } = useIsMfaRequiredForAction();
  const { getPasskeys } = useGetPasskeys();
  const { registerPasskey } = useRegisterPasskey();
  const { authenticatePasskeyMFA } = useAuthenticatePasskeyMFA();
  const { getMfaToken } = useGetMfaToken();

  const run = async () => {
    if (await isMfaRequiredForAction({ mfaAction: MFAAction.WalletWaasExport })) {
      // Whoever has no passkey makes one first.
      if ((await getPasskeys()).length === 0) await registerPasskey();
      await authenticatePasskeyMFA({ createMfaToken: { singleUse: true } });
    }
    await onExport(await getMfaToken({ mfaAction: MFAAction.WalletWaasExport }));
  };
  return <button onClick={run}>Export</button>;
};

/** At sign-in: proves the person, whose session then is a full one. */
export const PasskeyAtSignIn = () => {
  const authenticatePasskeyMFA = useAuthenticatePasskeyMFA();
  return <button onClick={() => authenticatePasskeyMFA()}>Continue with a passkey</button>;
};
