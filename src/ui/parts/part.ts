/**
 * Names of everything that is drawn. They are public: a host styles `.mfa-<name>` or `[data-mfa-part="<name>"]` and may
 * rely on the states below. `part()` is the only way to give an element one, so nothing is drawn that is not listed.
 */
export const mfaParts = [
  // The dialog
  'scrim',
  'dialog',
  'stage',
  'ghost',
  'announcer',
  'content',
  'question',
  // Every screen
  'screen',
  'bar',
  'icon-button',
  'step',
  'approval',
  'mark',
  'title',
  'help',
  'notice',
  'form',
  'error',
  'button',
  'footer',
  'link',
  'icon',
  'skeleton',
  'bone',
  'hidden',
  // Codes
  'code-input',
  'code-cells',
  'code-cell',
  'field',
  'label',
  'input',
  // Ways and devices
  'methods',
  'method',
  'tile',
  'method-text',
  'method-name',
  'method-help',
  'badge',
  'devices',
  'device',
  'device-actions',
  'confirm',
  'empty',
  // Enrolment
  'qr-card',
  'qr',
  'account',
  'wait',
  'secret',
  'secret-key',
  'disclosure',
  // Recovery codes
  'codes',
  'code',
  'actions',
  'tick',
  'print',
  // Waiting and success
  'ring',
  'ring-time',
  'success',
] as const;

export type MfaPart = (typeof mfaParts)[number];

/** Values of `data-state`. */
export type MfaPartState =
  | 'open'
  | 'closed'
  | 'idle'
  | 'pending'
  | 'wrong'
  | 'done'
  | 'failed'
  | 'filled'
  | 'current'
  | 'low';

/** Values of `data-variant`: how loud a button is, or which of two forms a part has. */
export type MfaPartVariant = 'primary' | 'quiet' | 'danger' | 'touch' | 'error' | 'info' | 'narrow' | 'code';

export interface PartProps {
  'data-mfa-part': MfaPart;
  'data-state'?: MfaPartState | undefined;
  'data-variant'?: MfaPartVariant | undefined;
  className: string;
}

/** What makes an element the named part: its class and its attributes. */
export const part = (name: MfaPart, state?: MfaPartState, variant?: MfaPartVariant): PartProps => ({
  'data-mfa-part': name,
  'data-state': state,
  'data-variant': variant,
  className: `mfa-${name}`,
});
