/** The treasury's protected actions, as the policy lists them. */
export const treasuryActions = [
  // Many signatures in a row are a day's work: one proof counts for ten minutes.
  { action: 'wallet.waas.sign', required: true, tokenBehavior: 'time_bound', tokenExpirySeconds: 600 },
  // Each payment by itself, and the proof is good for this payee and this amount alone.
  { action: 'treasury.transfer', required: true, tokenBehavior: 'single_use', binding: 'strict' },
  // Whoever has the key has everything: a code could be talked out of somebody, a passkey cannot.
  { action: 'wallet.waas.export', required: true, tokenBehavior: 'single_use', minLevel: 'phr' },
  { action: 'wallet.waas.reshare', required: true, tokenBehavior: 'single_use' },
  { action: 'wallet.waas.refresh', required: true, tokenBehavior: 'single_use' },
] as const;
