import type { UserPasskey } from 'mfa-kit';
import { ChipMark, CloudMark } from './marks.js';
import { since } from './since.js';

/** What the person calls their passkeys, where each is kept, and when it was last of use. */
export const PasskeyList = ({ passkeys }: { passkeys: readonly UserPasskey[] }) => (
  <ul className="passkeys" aria-label="Your passkeys">
    {passkeys.map(({ id, alias, isSynced, createdAt, lastUsedAt }) => (
      <li key={id}>
        <span className="passkey-mark">{isSynced ? <CloudMark /> : <ChipMark />}</span>
        <span>
          <bdi className="passkey-name">{alias ?? `Passkey of ${since(createdAt)}`}</bdi>
          <span className="quiet small">
            {isSynced ? 'Synced to your other devices' : 'On one device only'}, last used {since(lastUsedAt)}
          </span>
        </span>
      </li>
    ))}
  </ul>
);
