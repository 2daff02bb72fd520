import { useEffect, useState } from 'react';
import { chooseLocale, locales, useLocale } from '../locale.js';
import { type RouteName, routes, useRoute } from '../route.js';
import { Choice } from './Choice.js';
import { type DemoPolicy, getPolicy, putPolicy } from './policy.js';

/** Lets a visitor switch the policy of this demo, and who draws the second step. No real product has these. */
export const DemoControls = () => {
  const route = useRoute();
  const locale = useLocale();
  const [isOpen, setOpen] = useState(false);
  return (
    <details className="controls" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>Demo controls</summary>
      <div>
        <fieldset>
          <legend>Who draws the second step</legend>
          <Choice name="drawnBy" isChosen={route !== 'ownUi'} onChoose={() => go('overview')}>
            The kit’s modals
          </Choice>
          <Choice name="drawnBy" isChosen={route === 'ownUi'} onChoose={() => go('ownUi')}>
            Harbor’s own page, with hooks alone
          </Choice>
        </fieldset>
        <fieldset>
          <legend>Language of the modals</legend>
          {locales.map(({ tag, name }) => (
            <Choice key={tag} name="locale" isChosen={tag === locale} onChoose={() => chooseLocale(tag)}>
              <span lang={tag}>{name}</span>
            </Choice>
          ))}
        </fieldset>
        {isOpen ? <PolicyChoices /> : null}
      </div>
    </details>
  );
};

const go = (name: RouteName): void => {
  window.location.hash = routes[name];
};

const PolicyChoices = () => {
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
    const wanted = { ...policy, ...changes };
    setPolicy(wanted);
    try {
      await putPolicy(wanted);
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
            <Choice
              name="enrollment"
              isChosen={policy.enrollment === 'signup'}
              onChoose={() => void change({ enrollment: 'signup' })}
            >
              set up a second step when they sign up
            </Choice>
            <Choice
              name="enrollment"
              isChosen={policy.enrollment === 'none'}
              onChoose={() => void change({ enrollment: 'none' })}
            >
              set one up when they like
            </Choice>
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
