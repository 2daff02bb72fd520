import { useDynamicContext } from 'mfa-kit';

export const SessionCard = () => {
  const { user, handleLogOut } = useDynamicContext();
  return (
    <section className="card" aria-labelledby="session-title">
      <header>
        <h2 id="session-title">This session</h2>
      </header>
      <dl className="facts">
        <dt>Signed in as</dt>
        <dd>
          <bdi>{user?.email}</bdi>
        </dd>
        <dt>May do</dt>
        <dd>
          <code>{user?.scope}</code>
        </dd>
      </dl>
      <div className="row">
        <button type="button" className="button" onClick={() => void handleLogOut()}>
          Sign out
        </button>
      </div>
    </section>
  );
};
