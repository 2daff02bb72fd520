export interface DemoPolicy {
  sessionBased: boolean;
  enrollment: 'none' | 'signup' | 'action';
  methods: 'app' | 'passkey' | 'both';
  userVerification: 'required' | 'preferred';
}

const read = async (response: Response): Promise<DemoPolicy> => {
  if (!response.ok) throw new Error(`The demo's policy route answered ${response.status}.`);
  return (await response.json()) as DemoPolicy;
};

export const getPolicy = async (signal: AbortSignal): Promise<DemoPolicy> =>
  read(await fetch('/demo/policy', { signal }));

/** Changes what is named, and leaves the rest. */
export const putPolicy = async (policy: Partial<DemoPolicy>): Promise<DemoPolicy> =>
  read(
    await fetch('/demo/policy', {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(policy),
    }),
  );
