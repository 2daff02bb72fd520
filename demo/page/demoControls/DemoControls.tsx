import { useState } from 'react';
import { chooseLocale, locales, useLocale } from '../locale.js';
import { type RouteName, routes, useRoute } from '../route.js';
import { Choice } from './Choice.js';
import { PolicyChoices } from './PolicyChoices.js';

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
