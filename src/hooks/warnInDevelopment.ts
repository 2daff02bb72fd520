/**
 * @internal Tells the developer, in development only, why something that was asked for does not happen. The only place
 * that writes to the console; never give it anything a person typed or the server sent.
 */
export const warnInDevelopment = (message: string): void => {
  if (typeof process !== 'undefined' && process.env.NODE_ENV !== 'production') console.warn(`mfa-kit: ${message}`);
};
