import { isMfaError, type MfaProof, useDynamicContext, useMfaAction } from 'mfa-kit';
import { type FormEvent, useState } from 'react';
import type { Transfer, World } from '../support/createWorld.js';

/** A form whose call is protected. It knows nothing of prompts: it awaits its result. */
export const Treasury = ({ world }: { world: World }) => {
  const { sdkHasLoaded } = useDynamicContext();
  const [said, setSaid] = useState('');
  const send = useMfaAction((transfer: Transfer, proof: MfaProof) => world.transfer(transfer, proof.headers), {
    action: 'transfer.send',
    payload: ({ amount, to }) => ({ amount, to }),
  });

  const submitted = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    try {
      const response = await send({ amount: Number(form.get('amount')), to: String(form.get('to')) });
      setSaid(response.ok ? `Sent. ${world.transfers.length} in the ledger.` : `Refused with ${response.status}.`);
    } catch (error) {
      setSaid(isMfaError(error, 'cancelled') ? 'Not sent.' : 'Something went wrong.');
    }
  };
  if (!sdkHasLoaded) return <p>One moment</p>;
  return (
    <main style={{ padding: 24 }}>
      <h1>Harbor</h1>
      <form onSubmit={(event) => void submitted(event)}>
        <label>
          Amount <input name="amount" inputMode="numeric" />
        </label>{' '}
        <label>
          To <input name="to" />
        </label>{' '}
        <button type="submit">Send</button>
      </form>
      <output>{said}</output>
    </main>
  );
};
