/** What the server gives when it has sent a code: names the e-mail, never holds the code. */
export interface SentCode {
  verificationUUID: string;
  email: string;
}
