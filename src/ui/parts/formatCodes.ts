import type { Language } from '../messages/Language.js';

/** One recovery code as everybody shows it: on screen, copied, in the file and in print. */
export interface NumberedCode {
  number: number;
  /** In groups: "7K3Q 9TXB …". Spaces do not matter when it is typed in. */
  text: string;
}

const group = (code: string): string => {
  const bare = code.replace(/[^0-9A-Za-z]/g, '');
  return bare.length % 4 === 0 ? bare.replace(/(.{4})(?=.)/g, '$1 ') : bare.replace(/(.{5})(?=.)/g, '$1 ');
};

export const numberCodes = (codes: readonly string[]): NumberedCode[] =>
  codes.map((code, at) => ({ number: at + 1, text: group(code) }));

/** Whose codes these are, for the file and the print. */
export interface CodesOwner {
  app: string;
  user: string;
}

const lines = (codes: readonly string[]): string =>
  numberCodes(codes)
    .map(({ number, text }) => `${String(number).padStart(2)}. ${text}`)
    .join('\n');

/** What is copied: the numbered codes, nothing around them. */
export const codesToCopy = lines;

/** What the file and the print hold. */
export const codesDocument = (codes: readonly string[], owner: CodesOwner, language: Language, now: number): string =>
  [
    language.say('codes.file.heading', { app: owner.app }),
    language.say('codes.file.user', { user: owner.user }),
    language.say('codes.file.date', { date: language.day(now) }),
    '',
    lines(codes),
    '',
    language.say('codes.file.note'),
    '',
  ].join('\n');

const forFileName = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}@._-]+/gu, '-')
    .replace(/^[-.]+|[-.]+$/g, '')
    .slice(0, 64);

/** `harbor-recovery-codes-ada@example.com-2026-01-31.txt`, without what a file system could trip over. */
export const codesFileName = ({ app, user }: CodesOwner, now: number): string =>
  [forFileName(app), 'recovery-codes', forFileName(user), new Date(now).toISOString().slice(0, 10)]
    .filter(Boolean)
    .join('-')
    .concat('.txt');
