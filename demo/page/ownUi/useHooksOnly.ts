import { useSyncMfaFlow } from 'mfa-kit';

/** A mounted handler stands in for the modal: this page shows by itself what the session waits for. */
export const useHooksOnly = (): void => useSyncMfaFlow({ handler: showOnThisPage });

const showOnThisPage = async (): Promise<void> => undefined;
