/** What could be an e-mail address. */

/** Deliverability is shown by a code arriving; this only keeps out what no mail server would take, or take for headers. */
export const isEmailAddress = (text: unknown): boolean =>
  typeof text === 'string' &&
  text.length <= 254 &&
  /^[^\s@<>()[\]\\,;:"\p{Cc}]+@[^\s@<>()[\]\\,;:"\p{Cc}]+\.[^\s@.]+$/u.test(text);
