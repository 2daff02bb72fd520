import type { Method } from '../../../controller/screens.js';
import type { Language } from '../../messages/Language.js';
import { ErrorMessage } from '../../parts/ErrorMessage.js';
import { Frame, type FrameSettings } from '../../parts/Frame.js';
import type { IconName } from '../../parts/Icon.js';
import { MethodRow } from '../../parts/MethodRow.js';
import { part } from '../../parts/part.js';
import { Skeleton } from '../../parts/Skeleton.js';

/** A way that is allowed, and how it stands. */
export interface Way {
  method: Method;
  isRecommended?: boolean;
  /** Why it cannot be used just now. */
  blocked?: 'locked' | 'suspended' | 'unsupported' | 'empty' | undefined;
  /** With `locked`: seconds. */
  retryAfter?: number | undefined;
}

export interface ChooseTypeViewProps {
  frame: FrameSettings;
  task: 'enrol' | 'verify';
  /** Best first. Undefined while they are being asked for. */
  ways?: readonly Way[] | undefined;
  error?: string | undefined;
  onChoose: (method: Method) => void;
}

export const methodIcons: Readonly<Record<Method, IconName>> = {
  totp: 'phone',
  passkey: 'fingerprint',
  recovery: 'key',
};

/** Which second step to add, or which way to confirm. */
export function ChooseTypeView({ frame, task, ways, error, onChoose }: ChooseTypeViewProps) {
  const { language } = frame;
  const say = language.say;
  return (
    <Frame
      frame={frame}
      name="ChooseType"
      mark="shield"
      title={say(`choose.${task}.title`)}
      help={say(`choose.${task}.help`)}
    >
      {ways ? (
        <MethodList language={language} ways={ways} onChoose={onChoose} />
      ) : (
        <Skeleton of="rows" label={say('loading')} />
      )}
      {ways?.length === 0 && <p {...part('empty')}>{say('choose.none')}</p>}
      {error && <ErrorMessage>{error}</ErrorMessage>}
    </Frame>
  );
}

export interface MethodListProps {
  language: Language;
  ways: readonly Way[];
  onChoose: (method: Method) => void;
}

export function MethodList({ language, ways, onChoose }: MethodListProps) {
  return (
    <ul {...part('methods')}>
      {ways.map((way, at) => (
        <MethodRow
          key={way.method}
          icon={methodIcons[way.method]}
          name={language.say(`method.${way.method}`)}
          help={language.say(`method.${way.method}.help`)}
          badge={way.isRecommended ? language.say('method.recommended') : undefined}
          reason={
            way.blocked &&
            language.say(`method.${way.blocked}`, { time: language.duration(Math.max(1, way.retryAfter ?? 0)) })
          }
          isFirst={at === 0}
          onChoose={() => onChoose(way.method)}
        />
      ))}
    </ul>
  );
}
