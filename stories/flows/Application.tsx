import { useDynamicContext, useDynamicModals } from 'mfa-kit';

/** The least of an application: says how far the person is. The modals open over it by themselves. */
export const Application = () => {
  const { user, userWithMissingInfo, sdkHasLoaded } = useDynamicContext();
  const { setShowMFAManage } = useDynamicModals();
  if (!sdkHasLoaded) return <p>One moment</p>;
  const whose = user ?? userWithMissingInfo;
  return (
    <main style={{ padding: 24 }}>
      <h1>Harbor</h1>
      <p>{whose ? (user ? `${whose.email} is in.` : `${whose.email} is at the door.`) : 'Nobody is signed in.'}</p>
      {user && (
        <button type="button" onClick={() => setShowMFAManage(true)}>
          Security
        </button>
      )}
    </main>
  );
};
