import { Frame, type FrameSettings } from '../../parts/Frame.js';
import { SuccessMark } from '../../parts/SuccessMark.js';

export interface SuccessViewProps {
  frame: FrameSettings;
  task: 'enrolled' | 'verified' | 'codesSaved';
}

/** The tick and one line. It goes by itself. */
export function SuccessView({ frame, task }: SuccessViewProps) {
  const { language, Title } = frame;
  return (
    <Frame frame={{ language, Title }} name="Success" above={<SuccessMark />} title={language.say(`success.${task}`)} />
  );
}
