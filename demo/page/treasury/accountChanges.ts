/** Tells whoever shows the account that it changed, wherever on the page that was done. */
const listeners = new Set<() => Promise<void>>();

/** Gives the function that ends it. */
export const onAccountChange = (read: () => Promise<void>): (() => void) => {
  listeners.add(read);
  return () => void listeners.delete(read);
};

/** Done once everybody has read it again. */
export const noteChange = async (): Promise<void> => {
  await Promise.all([...listeners].map((read) => read()));
};
