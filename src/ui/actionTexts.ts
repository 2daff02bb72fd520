/**
 * An action in the application's own words: what it is called, and what a payload of it means to a person.
 */
import type { PromptRequest } from '../controller/screens.js';
import { warnInDevelopment } from '../hooks/warnInDevelopment.js';

/** One thing to look at before approving, such as `{ label: 'To', value: '0x71C7…976F' }`. */
export interface MfaActionDetail {
  label: string;
  value: string;
}

/** How an action is told. Text is shown as text, never read as markup. */
export interface MfaActionText {
  /** What is approved, such as "Send a payment". Default: the message `action.<name>`, else the name. */
  title?: string;
  /** What exactly: a line, or a row for each thing to look at. Gets the payload the approval is bound to. */
  describe?: (payload: Record<string, unknown>) => string | readonly MfaActionDetail[];
}

/** Texts by the name of the action, for `<MfaProvider actions={…}>`. */
export type MfaActionTexts = { readonly [action: string]: MfaActionText };

type Details = string | readonly MfaActionDetail[];

/** What an application hands over is what it is at run time: a number is fine, an object would take the screen down. */
const toDetails = (said: Details): Details =>
  Array.isArray(said)
    ? said.map(({ label, value }: MfaActionDetail) => ({ label: String(label), value: String(value) }))
    : String(said ?? '');

/** What exactly is approved. Words that cannot be had must not keep anybody from approving: then the server's are shown. */
export const describeAction = (
  { action = '', payload, summary }: PromptRequest,
  text: MfaActionText | undefined,
): Details | undefined => {
  if (!payload || !text?.describe) return summary;
  try {
    const details = toDetails(text.describe(payload));
    return details.length > 0 ? details : summary;
  } catch {
    warnInDevelopment(`describe() of the action ${action} failed; its summary is shown instead.`);
    return summary;
  }
};
