import type { Meta, StoryObj } from '@storybook/react-vite';
import { type FailureKind, sayFailure, toneOf } from '../../src/ui/messages/failure.js';
import { PasskeyPromptView, type PasskeyPromptViewProps } from '../../src/ui/screens/views/PasskeyPromptView.js';
import { nothing, type ScreenArgs, screenStory } from '../support/look.js';

type Args = ScreenArgs<PasskeyPromptViewProps>;

const meta: Meta<Args> = {
  title: 'screens/PasskeyPrompt',
  args: {
    task: 'verify',
    status: 'ready',
    reaches: ['platform', 'key'],
    hasPhone: true,
    onStart: nothing,
    onStop: nothing,
    frame: { onAnotherWay: nothing },
  },
  ...screenStory<PasskeyPromptViewProps>(PasskeyPromptView),
};
export default meta;
type Story = StoryObj<Args>;

const failing = (kind: FailureKind, args: Partial<Args> = {}): Story => ({
  args: { isRetry: true, tone: toneOf({ kind }), ...args },
  ...screenStory<PasskeyPromptViewProps>(PasskeyPromptView, (language) => ({
    message: sayFailure(language, { kind }),
  })),
});

const making = { task: 'enrol' } as const;
const over = { status: 'impossible' } as const;

export const Verify: Story = {};
export const Enrol: Story = { args: making };
/** What is being fetched keeps the buttons in their places. */
export const Preparing: Story = { args: { status: 'preparing' } };
/** A browser on a device that has no fingerprint, face or screen lock of its own. */
export const WithAPhone: Story = { args: { reaches: ['phone', 'key'] } };
export const EnrolOnAPhone: Story = { args: { ...making, reaches: ['phone', 'key'] } };
export const OnlyASecurityKey: Story = { args: { reaches: ['key'], hasPhone: false } };
export const ForAnAction: Story = {
  args: { frame: { onAnotherWay: nothing, approval: { title: 'Export the private key', singleUse: true } } },
};
/** Nothing that the person has is strong enough. */
export const EnrolForAnAction: Story = {
  args: { ...making, frame: { approval: { title: 'Export the private key', singleUse: true, first: 'passkey' } } },
};
/** The browser's own sheet lies over this. */
export const Running: Story = { args: { status: 'running', tone: 'info' } };
export const RunningLong: Story = {
  args: { status: 'running', tone: 'info' },
  ...screenStory<PasskeyPromptViewProps>(PasskeyPromptView, (language) => ({ message: language.say('passkey.slow') })),
};
export const Checking: Story = { args: { status: 'checking' } };
/** A session that waits has one way out. */
export const InSession: Story = {
  args: { frame: { onAnotherWay: nothing, leave: { kind: 'logOut', onLeave: nothing } } },
};

export const Cancelled: Story = failing('passkeyCancelled');
export const Stopped: Story = failing('passkeyAborted');
export const NoAnswer: Story = failing('passkeyNoAnswer');
export const Expired: Story = failing('passkeyExpired');
export const AlreadyRegistered: Story = failing('passkeyRegistered', { ...making, ...over, onManage: nothing });
export const Unsupported: Story = failing('passkeyUnsupported', over);
export const InsecurePage: Story = failing('passkeyInsecure', over);
export const InAFrame: Story = failing('passkeyFramed', over);
export const KeyWithoutPin: Story = failing('passkeyUnverified');
export const RemovedHere: Story = failing('passkeyGone');
export const NoneLeft: Story = failing('passkeyNone', over);
export const CopySuspected: Story = failing('passkeyCloned');
export const TenAlready: Story = failing('passkeyLimit', { ...making, ...over, onManage: nothing });
export const Refused: Story = failing('passkeyRefused');
export const Offline: Story = failing('offline');
export const ServerFailed: Story = failing('server');
