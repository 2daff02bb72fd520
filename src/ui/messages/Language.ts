import type { Catalogue, MessageKey, MessageOverrides } from './Catalogue.js';
import { en } from './en.js';
import type { Message } from './Message.js';

/** Values that go into a sentence. Text from a person stays text: it is never read as markup. */
export type Values = Readonly<Record<string, string | number>>;

/** A locale's sentences together with its ways of writing numbers, dates and times. */
export interface Language {
  /** BCP 47 */
  readonly locale: string;
  readonly direction: 'ltr' | 'rtl';
  /** The sentence for a key, with its values put in. */
  say(key: MessageKey, values?: Values): string;
  /** The name of an action: the application's own sentence under `action.<name>`, ours, or the bare name. */
  sayAction(action: string): string;
  /** Names as a list in a sentence: "A, B and C". */
  list(names: readonly string[]): string;
  /** A day, in medium length. Takes ISO 8601 or unix milliseconds. */
  day(when: string | number): string;
  /** How long ago, in words: "yesterday", "3 weeks ago". */
  ago(when: string | number, now?: number): string;
  /** A length of time in its largest sensible unit: "45 seconds", "12 minutes". */
  duration(seconds: number): string;
  /** A length of time in figures: "1:05". */
  figures(seconds: number): string;
}

const rightToLeft = /^(ar|dv|fa|he|ks|ku|ps|sd|ug|ur|yi)\b/i;

/** U+2068 and U+2069 keep a name written left to right from turning a sentence around (UAX #9, isolates). */
const isolate = (text: string): string => `\u2068${text}\u2069`;

/** An unknown or misspelt locale must not take the sign-in down with it. */
const known = (locale: string): string => {
  try {
    return Intl.getCanonicalLocales(locale)[0] ?? 'en';
  } catch {
    return 'en';
  }
};

const units: readonly (readonly [Intl.RelativeTimeFormatUnit, number])[] = [
  ['year', 31_536_000],
  ['month', 2_592_000],
  ['week', 604_800],
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
  ['second', 1],
];

export function createLanguage(
  locale: string,
  catalogue: Partial<Catalogue> = en,
  overrides: MessageOverrides = {},
): Language {
  const tag = known(locale);
  const direction = rightToLeft.test(tag) ? 'rtl' : 'ltr';
  const plural = new Intl.PluralRules(tag);
  const number = new Intl.NumberFormat(tag);
  const twoDigits = new Intl.NumberFormat(tag, { minimumIntegerDigits: 2 });

  const fill = (message: Message, values: Values): string => {
    const count = values.count;
    const text =
      typeof message === 'string'
        ? message
        : ((typeof count === 'number' ? message[plural.select(count)] : undefined) ?? message.other);
    return text.replace(/\{(\w+)\}/g, (whole, name: string) => {
      const value = values[name];
      if (value === undefined) return whole;
      if (typeof value === 'number') return number.format(value);
      return direction === 'rtl' ? isolate(value) : value;
    });
  };

  return {
    locale: tag,
    direction,
    say: (key, values = {}) => fill(overrides[key] ?? catalogue[key] ?? en[key], values),
    sayAction: (action) => {
      const key = `action.${action}` as const;
      return fill(overrides[key] ?? catalogue[key as MessageKey] ?? en[key as MessageKey] ?? action, {});
    },
    list: (names) => new Intl.ListFormat(tag).format(names.map((name) => (direction === 'rtl' ? isolate(name) : name))),
    day: (when) => new Intl.DateTimeFormat(tag, { dateStyle: 'medium' }).format(new Date(when)),
    ago: (when, now = Date.now()) => {
      const seconds = Math.min(0, (new Date(when).getTime() - now) / 1000);
      const [unit, size] = units.find(([, size]) => -seconds >= size) ?? ['second', 1];
      return new Intl.RelativeTimeFormat(tag, { numeric: 'auto' }).format(Math.ceil(seconds / size), unit);
    },
    duration: (seconds) => {
      const [unit, size] = seconds >= 7200 ? ['hour', 3600] : seconds >= 90 ? ['minute', 60] : ['second', 1];
      return new Intl.NumberFormat(tag, { style: 'unit', unit, unitDisplay: 'long' }).format(Math.ceil(seconds / size));
    },
    figures: (seconds) => `${number.format(Math.floor(seconds / 60))}:${twoDigits.format(Math.floor(seconds % 60))}`,
  };
}

/** What a screen speaks that is given no language. */
export const english: Language = createLanguage('en');
