import { createMfaClient } from 'mfa-kit/client';
import { environmentId } from '../environment.js';

/** One client for the whole page. The API has the page's own origin, so the session lives in a cookie no script reads. */
export const client = createMfaClient({ environmentId, apiBaseUrl: `${window.location.origin}/api/v0` });
