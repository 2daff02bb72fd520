/** What the treasury's own routes refuse, and the response it becomes. The kit's refusals look the same. */
const sentences = {
  cross_site_request: 'Only from the demo itself.',
  invalid_request: 'The body is not what this route takes.',
  not_found: 'There is no such thing in this treasury.',
  method_not_allowed: 'Not with this method.',
  insufficient_funds: 'The account does not hold that much.',
  invalid_signature: 'The signature is not the payer’s over this transfer.',
  already_booked: 'A transfer with this number is booked.',
  already_approved: 'This delegate is approved.',
  too_many_delegates: 'No more delegates than ten.',
  server_error: 'The treasury failed.',
} as const;

export type TreasuryCode = keyof typeof sentences;

export class TreasuryRefusal extends Error {
  constructor(
    readonly status: number,
    readonly code: TreasuryCode,
  ) {
    super(sentences[code]);
  }
}

export const answer = (body: unknown, status = 200): Response =>
  Response.json(body, { status, headers: { 'cache-control': 'no-store' } });

export const answerRefusal = ({ status, code, message }: TreasuryRefusal): Response =>
  answer({ error: message, code }, status);
