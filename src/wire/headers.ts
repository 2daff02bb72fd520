/** Header names both ends must spell alike. */
export const MFA_TOKEN_HEADER = 'x-mfa-auth-token';
export const ELEVATED_TOKEN_HEADER = 'x-dyn-elevated-access-token';
export const REQUEST_ID_HEADER = 'x-dyn-request-id';
/** draft-ietf-httpapi-idempotency-key-header: one per submitted value, so that a lost answer can be asked for again. */
export const IDEMPOTENCY_KEY_HEADER = 'idempotency-key';
