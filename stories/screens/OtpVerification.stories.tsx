import type { Meta, StoryObj } from '@storybook/react-vite';
import { type CodeCircumstances, type Failure, sayCodeFailure } from '../../src/ui/messages/failure.js';
import type { FrameSettings } from '../../src/ui/parts/Frame.js';
import { OtpVerificationView, type OtpVerificationViewProps } from '../../src/ui/screens/views/OtpVerificationView.js';
import { nothing, type ScreenArgs, screenStory } from '../support/look.js';

type Args = ScreenArgs<OtpVerificationViewProps>;

const meta: Meta<Args> = {
  title: 'screens/OtpVerification',
  args: {
    task: 'verify',
    account: 'Harbor (ada@example.com)',
    onSubmit: nothing,
    frame: { leave: { kind: 'logOut', onLeave: nothing }, onAnotherWay: nothing },
  },
  ...screenStory<OtpVerificationViewProps>(OtpVerificationView),
};
export default meta;
type Story = StoryObj<Args>;

const failing = (failure: Failure, circumstances: CodeCircumstances, props: Partial<Args> = {}): Story => ({
  args: { isRefused: failure.kind === 'wrong' || failure.kind === 'used', ...props },
  ...screenStory<OtpVerificationViewProps>(OtpVerificationView, (language) => ({
    error: sayCodeFailure(language, failure, circumstances),
  })),
});
const once = { wrongCount: 1 };

export const Empty: Story = {};

export const Enrolling: Story = {
  args: { task: 'enrol', frame: { leave: { kind: 'cancel', onLeave: nothing }, onBack: nothing } },
};

export const Replacing: Story = {
  args: { task: 'enrol', isReplacement: true, frame: { leave: { kind: 'cancel', onLeave: nothing }, onBack: nothing } },
};

const approving = (approval: FrameSettings['approval'], args: Partial<Args> = {}): Story => ({
  args: {
    ...args,
    frame: { leave: { kind: 'cancel', onLeave: nothing }, onAnotherWay: nothing, approval },
  },
});
const payment = { title: 'Send a payment', singleUse: true, details: '12,000 € to Nordlicht GmbH' };

/** The prompt names what it approves, and for how long. */
export const ForAnAction: Story = approving({ title: 'Send a payment', singleUse: true });
export const ForTenMinutes: Story = approving({ title: 'See the ledger', singleUse: false, seconds: 600 });
export const OnALine: Story = approving(payment);
export const OnRows: Story = approving({
  ...payment,
  details: [
    { label: 'Amount', value: '12,000.00 €' },
    { label: 'To', value: 'Nordlicht GmbH' },
    { label: 'Account', value: 'DE89 3704 0044 0532 0130 00' },
  ],
});
export const LongValues: Story = approving({
  title: 'Sign with the key of the treasury and send to a contract nobody has used before',
  singleUse: true,
  details: [
    { label: 'Contract', value: '0x71C7656EC7ab88b098defB751B7401B5f6d8976F' },
    { label: 'Longest approval period allowed', value: '12 months' },
    { label: 'Message', value: 'a9059cbb'.repeat(18) },
  ],
});
/** More wait than one; the number grows while the screen is up. */
export const ForSeveral: Story = approving({ ...payment, details: undefined, count: 3 });
export const EnrollingFirst: Story = approving({ ...payment, first: 'factor' }, { task: 'enrol' });
export const OnTheWayToAPasskey: Story = approving({ ...payment, first: 'passkey' });

export const Pending: Story = { args: { status: 'pending' } };
export const Done: Story = { args: { status: 'done' } };

export const Wrong: Story = failing({ kind: 'wrong', attemptsLeft: 4 }, once);
export const ThreeTriesLeft: Story = failing({ kind: 'wrong', attemptsLeft: 3 }, { wrongCount: 2 });
export const OneTryLeft: Story = failing({ kind: 'wrong', attemptsLeft: 1 }, { wrongCount: 4 });
export const ClockIsOff: Story = failing({ kind: 'wrong', attemptsLeft: 3 }, { wrongCount: 1, clockSkew: 92 });

export const AlreadyUsed: Story = failing({ kind: 'used' }, once, { nextCodeIn: 18 });
export const NextCodeReady: Story = failing({ kind: 'used' }, once, { nextCodeIn: 0 });

export const EnrolmentExpired: Story = failing({ kind: 'expired' }, once, { task: 'enrol', onRestart: nothing });

export const Offline: Story = failing({ kind: 'offline' }, once);
export const Unreachable: Story = failing({ kind: 'network' }, once);
export const ServerFailed: Story = failing({ kind: 'server' }, once);
export const Busy: Story = failing({ kind: 'busy' }, once);
export const TooManyRequests: Story = failing({ kind: 'tooMany', retryAfter: 30 }, once);
export const UnreadableAnswer: Story = failing({ kind: 'malformed' }, once);
export const SessionEnded: Story = failing({ kind: 'session' }, once);
export const Suspended: Story = failing({ kind: 'suspended' }, once);
export const PolicyChanged: Story = failing({ kind: 'tooWeak' }, once);
export const AppRemoved: Story = failing({ kind: 'removed' }, once);
export const ScopeRefused: Story = failing({ kind: 'scopes' }, once);
