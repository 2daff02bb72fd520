/** Random text of many scripts that is the same in every run. */
export interface Random {
  text(shortest: number, longest: number): string;
  base32(length: number): string;
}

const alphabet = Array.from('abcXYZ019 .:&?#%+/@\'"<>éßñøЖџ日本語한국어العربية🙂-_');
const base32 = Array.from('ABCDEFGHIJKLMNOPQRSTUVWXYZ234567');

export const createRandom = (seed: number): Random => {
  let state = seed;
  // Numerical Recipes' linear congruential generator: repeatable, and random enough for names.
  const below = (limit: number): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * limit);
  };
  const pick = (from: readonly string[], length: number): string =>
    Array.from({ length }, () => from[below(from.length)]).join('');
  return {
    text: (shortest, longest) => pick(alphabet, shortest + below(longest - shortest + 1)),
    base32: (length) => pick(base32, length),
  };
};
