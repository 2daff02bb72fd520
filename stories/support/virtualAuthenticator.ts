/**
 * A fingerprint reader that is none: what Chromium offers over its debugging protocol (WebAuthn domain). Vitest has a
 * line to it; a Storybook that somebody has opened has not, and there the person's own browser asks.
 */
export interface VirtualAuthenticator {
  /** The next fingerprints are not recognized, or are again. */
  recognize: (isRecognized: boolean) => Promise<void>;
  remove: () => Promise<void>;
}

interface Line {
  send(method: string, parameters?: object): Promise<unknown>;
}

const openLine = async (): Promise<Line | undefined> => {
  try {
    const { cdp } = await import('vitest/browser');
    return cdp() as Line;
  } catch {
    return undefined;
  }
};

const idOf = (answer: unknown): string => {
  if (typeof answer === 'object' && answer !== null && 'authenticatorId' in answer)
    return String(answer.authenticatorId);
  throw new Error('Chromium added no virtual authenticator.');
};

/** Under this name a page finds the one that is there, also when the page before it went away without a word. */
const LEFT_BEHIND = 'story-authenticator';

const putAway = async (line: Line): Promise<void> => {
  const authenticatorId = sessionStorage.getItem(LEFT_BEHIND);
  sessionStorage.removeItem(LEFT_BEHIND);
  if (authenticatorId)
    await line.send('WebAuthn.removeVirtualAuthenticator', { authenticatorId }).catch(() => undefined);
};

/** One built into this device, which verifies the person. Undefined where there is no line to the browser. */
export const addVirtualAuthenticator = async (): Promise<VirtualAuthenticator | undefined> => {
  const line = await openLine();
  if (!line) return undefined;
  await line.send('WebAuthn.enable');
  await putAway(line);
  const authenticatorId = idOf(
    await line.send('WebAuthn.addVirtualAuthenticator', {
      options: {
        protocol: 'ctap2',
        transport: 'internal',
        hasResidentKey: true,
        hasUserVerification: true,
        isUserVerified: true,
        automaticPresenceSimulation: true,
      },
    }),
  );
  sessionStorage.setItem(LEFT_BEHIND, authenticatorId);
  return {
    recognize: async (isUserVerified) => {
      await line.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified });
    },
    remove: async () => {
      if (sessionStorage.getItem(LEFT_BEHIND) === authenticatorId) await putAway(line);
    },
  };
};
