/** Loads an optional peer dependency, and says what to install when it is missing. */

/** `load` imports the package by a literal name, so that bundlers and Node find it where the application put it. */
export async function importPeer<T>(input: { load: () => Promise<T>; usedBy: string; install: string }): Promise<T> {
  try {
    return await input.load();
  } catch (error) {
    if (!isMissingModule(error)) throw error;
    throw new Error(
      `${input.usedBy} needs packages that mfa-kit leaves to the application to install. Run: npm install ${input.install}`,
      { cause: error },
    );
  }
}

function isMissingModule(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? error.code : null;
  return code === 'ERR_MODULE_NOT_FOUND' || code === 'MODULE_NOT_FOUND';
}
