/** How the treasury's answers are read, good and bad. */
export const treasuryPath = '/demo/treasury/';

/** The treasury said no. */
export class RefusedError extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
  ) {
    super(code);
  }

  get isSignedOut(): boolean {
    return ['not_signed_in', 'session_ended', 'session_expired'].includes(this.code);
  }
}

/** The body of a good answer; a refusal is thrown with its code. */
export const answerOf = async <T>(response: Response): Promise<T> => {
  if (response.ok) return (await response.json()) as T;
  throw new RefusedError(response.status, await codeOf(response));
};

/** The code of a refusal; empty where whoever answered was not Harbor. */
export const codeOf = async (response: Response): Promise<string> => {
  try {
    const { code } = (await response.json()) as { code?: unknown };
    return typeof code === 'string' ? code : '';
  } catch {
    return '';
  }
};
