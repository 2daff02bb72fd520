import type { Meta, StoryObj } from '@storybook/react-vite';
import { useRef, useState } from 'react';
import { Dialog, DialogTitle } from '../../src/ui/parts/Dialog.js';
import { LeaveQuestion } from '../../src/ui/parts/LeaveQuestion.js';
import { Problem } from '../../src/ui/parts/Problem.js';
import { Stage } from '../../src/ui/parts/Stage.js';
import { OtpVerificationView } from '../../src/ui/screens/views/OtpVerificationView.js';
import { frameOf, Ground, type Look, nothing } from '../support/look.js';

interface Args {
  holds: 'code' | 'problem';
  asks: 'nothing' | 'setup' | 'codes';
}

function Open({ holds, asks, look }: Args & { look: Look }) {
  const dialogRef = useRef<HTMLDivElement>(null);
  const [isOpen, setOpen] = useState(true);
  const close = () => setOpen(false);
  const frame = frameOf(look, { Title: DialogTitle, leave: { kind: 'cancel', onLeave: close } });
  return (
    <Ground look={look}>
      <button type="button" onClick={() => setOpen(true)}>
        Open
      </button>
      <Dialog
        isOpen={isOpen}
        language={frame.language}
        theme={look.theme === 'dark' ? 'dark' : 'light'}
        dialogRef={dialogRef}
        onDismiss={close}
        question={
          asks !== 'nothing' && <LeaveQuestion language={frame.language} of={asks} onStay={nothing} onLeave={close} />
        }
      >
        <Stage step={holds} direction="forward">
          {holds === 'code' ? (
            <OtpVerificationView frame={frame} task="verify" onSubmit={nothing} />
          ) : (
            <Problem frame={frame} sentence={frame.language.say('error.offline')} onRetry={nothing} />
          )}
        </Stage>
      </Dialog>
    </Ground>
  );
}

const meta: Meta<Args> = {
  title: 'parts/Dialog',
  args: { holds: 'code', asks: 'nothing' },
  parameters: { layout: 'fullscreen' },
  render: (args, { globals }) => <Open {...args} look={globals} />,
};
export default meta;
type Story = StoryObj<Args>;

/** On a narrow screen the same card is a sheet at the foot. */
export const WithAScreen: Story = {};
export const WithAProblem: Story = { args: { holds: 'problem' } };
/** A secret is on screen: leaving asks first. */
export const AskingBeforeSetupIsLeft: Story = { args: { asks: 'setup' } };
export const AskingBeforeCodesAreLost: Story = { args: { asks: 'codes' } };
