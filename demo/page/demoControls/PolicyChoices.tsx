import { useEffect, useState } from 'react';
import { Choice } from './Choice.js';
import { type DemoPolicy, getPolicy, putPolicy } from './policy.js';

const methods: readonly { value: DemoPolicy['methods']; words: string }[] = [
  { value: 'both', words: 'a passkey or an authenticator app' },
  { value: 'passkey', words: 'a passkey' },
  { value: 'app', words: 'an authenticator app' },
];

const enrollments: readonly { value: DemoPolicy['enrollment']; words: string }[] = [
  { value: 'signup', words: 'set up a second step when they sign up' },
  { value: 'action', words: 'set one up before they first move money' },
  { value: 'none', words: 'set one up when they like' },
];

/** The server's policy, which every visitor of the demo may change. */
export const PolicyChoices = () => {
  const [policy, setPolicy] = useState<DemoPolicy>();
  const [complaint, setComplaint] = useState('');
  useEffect(() => {
    const leaving = new AbortController();
    getPolicy(leaving.signal).then(setPolicy, () => {
      if (!leaving.signal.aborted)
        setComplaint('The policy could not be read. Close and open this panel to try again.');
    });
    return () => leaving.abort();
  }, []);

  const change = async (changes: Partial<DemoPolicy>): Promise<void> => {
    if (policy === undefined) return;
    setComplaint('');
    // Shown at once; taken back where the server did not take it.
    setPolicy({ ...policy, ...changes });
    try {
      await putPolicy(changes);
    } catch {
      setPolicy(policy);
      setComplaint('The policy could not be changed. Try once more.');
    }
  };

  return (
    <>
      {policy ? (
        <>
          <fieldset>
            <legend>Newcomers</legend>
            {enrollments.map(({ value, words }) => (
              <Choice
                key={value}
                name="enrollment"
                isChosen={policy.enrollment === value}
                onChoose={() => void change({ enrollment: value })}
              >
                {words}
              </Choice>
            ))}
          </fieldset>
          <fieldset>
            <legend>A second step is</legend>
            {methods.map(({ value, words }) => (
              <Choice
                key={value}
                name="methods"
                isChosen={policy.methods === value}
                onChoose={() => void change({ methods: value })}
              >
                {words}
              </Choice>
            ))}
            {policy.methods === 'app' ? null : (
              <label className="choice">
                <input
                  type="checkbox"
                  checked={policy.userVerification === 'preferred'}
                  onChange={(event) =>
                    void change({ userVerification: event.target.checked ? 'preferred' : 'required' })
                  }
                />
                also a security key without a PIN
              </label>
            )}
          </fieldset>
          <fieldset>
            <legend>Each sign-in</legend>
            <label className="choice">
              <input
                type="checkbox"
                checked={policy.sessionBased}
                onChange={(event) => void change({ sessionBased: event.target.checked })}
              />
              asks for the second step
            </label>
          </fieldset>
        </>
      ) : null}
      <output className={complaint ? 'complaint' : 'small quiet'}>
        {complaint || 'Every visitor of this demo shares these settings. They count from the next sign-in.'}
      </output>
    </>
  );
};
