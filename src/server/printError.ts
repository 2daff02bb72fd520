/** Where failures go when the application does not listen to them. */
export const printError = (error: unknown, { requestId }: { requestId: string }): void =>
  console.error(`mfa-kit: request ${requestId} failed`, error);
