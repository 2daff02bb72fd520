import { type MfaProof, useMfaAction, useWaitingActions, type WaitingAction } from 'mfa-kit';

export const Waiting = () => {
  const { data: waiting = [], refetch } = useWaitingActions();
  return waiting.map((action) => <Todo key={action.id} {...action} onDone={refetch} />);
};

const Todo = ({ id, action, summary, onDone }: WaitingAction & { onDone: () => unknown }) => {
  const reshare = useMfaAction(
    ({ headers }: MfaProof) =>
      fetch('/reshare', {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: JSON.stringify({ id }),
      }),
    { action },
  );
  return <button onClick={() => reshare().then(onDone, () => undefined)}>{summary}</button>;
};
