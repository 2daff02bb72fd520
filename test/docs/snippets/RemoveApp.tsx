import { TokenScope, useMfa, useStepUpAuthentication } from 'mfa-kit';

export const RemoveApp = ({ deviceId, onRemoved }: { deviceId: string; onRemoved: () => void }) => {
  const { isStepUpRequired, promptStepUpAuth } = useStepUpAuthentication();
  const { deleteUserDevice } = useMfa();
  const remove = async () => {
    const scope = TokenScope.Credentialunlink;
    if (await isStepUpRequired({ scope })) await promptStepUpAuth({ requestedScopes: [scope] });
    await deleteUserDevice(deviceId); // the token goes along by itself
    onRemoved();
  };
  return <button onClick={() => remove().catch(() => undefined)}>Remove the authenticator app</button>;
};
