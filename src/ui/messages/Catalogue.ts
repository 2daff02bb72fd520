import type { en } from './en.js';
import type { Message } from './Message.js';

/** Names a sentence. */
export type MessageKey = keyof typeof en;

/** A whole catalogue: every sentence there is. */
export type Catalogue = { readonly [Key in MessageKey]: Message };

/** Sentences of the application's own, by key. `action.<name>` names an action the application has added. */
export type MessageOverrides = { readonly [Key in MessageKey | `action.${string}`]?: Message };
