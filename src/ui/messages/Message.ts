/** A sentence, or its forms where it counts. */
export type Message = string | PluralMessage;

/** One form per category of `Intl.PluralRules`; the value that decides is `count`. */
export type PluralMessage = { readonly other: string } & { readonly [Form in Intl.LDMLPluralRule]?: string };
