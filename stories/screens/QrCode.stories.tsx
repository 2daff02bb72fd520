import type { Meta, StoryObj } from '@storybook/react-vite';
import { type Failure, sayFailure } from '../../src/ui/messages/failure.js';
import { QrCodeView, type QrCodeViewProps } from '../../src/ui/screens/views/QrCodeView.js';
import { nothing, type ScreenArgs, screenStory } from '../support/look.js';

type Args = ScreenArgs<QrCodeViewProps>;

const secret = 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP';
const registration = {
  secret,
  uri: `otpauth://totp/Harbor:ada%40example.com?secret=${secret}&issuer=Harbor&algorithm=SHA1&digits=6&period=30`,
};

const meta: Meta<Args> = {
  title: 'screens/QrCode',
  args: { registration, onContinue: nothing, onRestart: nothing },
  ...screenStory<QrCodeViewProps>(QrCodeView),
};
export default meta;
type Story = StoryObj<Args>;

const failing = (failure: Failure): Story => ({
  args: { registration: undefined },
  ...screenStory<QrCodeViewProps>(QrCodeView, (language) => ({ error: sayFailure(language, failure) })),
});

export const Ready: Story = { args: { frame: { leave: { kind: 'logOut', onLeave: nothing } } } };

/** On a phone the app is on the same device: opening it comes first. */
export const OnTouch: Story = { args: { isTouch: true } };

export const Replacement: Story = { args: { isReplacement: true, frame: { onBack: nothing } } };

export const Loading: Story = { args: { registration: undefined } };

export const ExpiresSoon: Story = { args: { timeLeft: 40 } };

export const Expired: Story = { args: { timeLeft: 0 } };

/** Only an authenticator app's address is drawn. */
export const ForeignAddress: Story = { args: { registration: { secret, uri: 'https://example.com/' } } };

export const LongNames: Story = {
  args: {
    registration: {
      secret,
      uri: `otpauth://totp/${encodeURIComponent('Harbor Treasury & Settlement Co.')}:${encodeURIComponent('maximiliane.von-und-zu.hohenstein@subsidiary.example.com')}?secret=${secret}&issuer=${encodeURIComponent('Harbor Treasury & Settlement Co.')}`,
    },
  },
};

export const Offline: Story = failing({ kind: 'offline' });
export const ServerFailed: Story = failing({ kind: 'server' });
export const TooManyRequests: Story = failing({ kind: 'tooMany', retryAfter: 20 });
export const UnreadableAnswer: Story = failing({ kind: 'malformed' });
export const AlreadyEnrolled: Story = failing({ kind: 'enrolled' });
