import type { Meta, StoryObj } from '@storybook/react-vite';
import { type Failure, sayFailure } from '../../src/ui/messages/failure.js';
import { ReauthenticateView, type ReauthenticateViewProps } from '../../src/ui/screens/views/ReauthenticateView.js';
import { nothing, type ScreenArgs, screenStory } from '../support/look.js';

type Args = ScreenArgs<ReauthenticateViewProps>;

const meta: Meta<Args> = {
  title: 'screens/Reauthenticate',
  args: { email: 'ada@example.com', onSend: nothing, onSubmit: nothing, onSignIn: nothing },
  ...screenStory<ReauthenticateViewProps>(ReauthenticateView),
};
export default meta;
type Story = StoryObj<Args>;

const failing = (failure: Failure, args: Partial<Args> = {}): Story => ({
  args,
  ...screenStory<ReauthenticateViewProps>(ReauthenticateView, (language) => ({
    error: sayFailure(language, failure),
  })),
});
const typing = { sent: 1 };

export const Ready: Story = {};
export const Sending: Story = { args: { isBusy: true } };
export const TooManySent: Story = failing({ kind: 'tooMany', retryAfter: 240 });
export const LongAddress: Story = {
  args: { email: 'ada.augusta.byron.king.countess.of.lovelace@analytical-engines.example', ...typing },
};

export const Typing: Story = { args: typing };
export const Checking: Story = { args: { ...typing, status: 'pending' } };
export const SentAgain: Story = { args: { sent: 2 } };
export const Wrong: Story = failing({ kind: 'wrong' }, { ...typing, isRefused: true, refusals: 1 });
export const Expired: Story = failing({ kind: 'emailExpired' }, { ...typing, isSpent: true });
export const TooManyTries: Story = failing({ kind: 'emailTries' }, { ...typing, isSpent: true });
export const Offline: Story = failing({ kind: 'offline' }, typing);

/** Somebody who signs in with the application's own sign-in. */
export const OwnSignIn: Story = { args: { email: undefined } };
export const OwnSignInUnderWay: Story = { args: { email: undefined, isBusy: true } };
export const OwnSignInFailed: Story = failing({ kind: 'signIn' }, { email: undefined });

/** The way leads on to what was asked for. */
export const ForAnAction: Story = {
  args: { frame: { approval: { title: 'Send a payment', singleUse: true, first: 'factor' } } },
};
