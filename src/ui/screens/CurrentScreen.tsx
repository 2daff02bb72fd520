import type { Screen } from '../../controller/screens.js';
import type { UseModalControllerReturnType } from '../../hooks/useModal.js';
import type { MfaActionTexts } from '../actionTexts.js';
import { readFailure, sayFailure } from '../messages/failure.js';
import { Frame, type FrameSettings } from '../parts/Frame.js';
import { Problem } from '../parts/Problem.js';
import { type Piece, type PieceState, usePiece } from '../parts/piece.js';
import { Skeleton } from '../parts/Skeleton.js';
import { approvalOf } from './approvalOf.js';
import { pieceOf, proofPiece, type Screens } from './screens.js';

/** A key per step: the same screen come upon again begins anew. */
const keys = new WeakMap<Screen, number>();
let lastKey = 0;
const keyOf = (screen: Screen): number => {
  const key = keys.get(screen) ?? ++lastKey;
  keys.set(screen, key);
  return key;
};

/** What is there of the controller's screen. */
export interface Current {
  piece: Piece<Screens>;
  loaded: PieceState<Screens>;
  /** Another value is another thing to look at: the next screen, or the same one after its skeleton. */
  step: string;
}

export function useCurrent({ screen, error }: UseModalControllerReturnType, isReady: boolean): Current {
  const piece = screen ? pieceOf(screen.name) : proofPiece;
  const loaded = usePiece(piece);
  const step = [screen && keyOf(screen), loaded.status, isReady, error !== undefined].join();
  return { piece, loaded, step };
}

export interface CurrentScreenProps {
  state: UseModalControllerReturnType;
  current: Current;
  frame: FrameSettings;
  /** The language is there. */
  isReady: boolean;
  actions?: MfaActionTexts | undefined;
  reauthenticate?: (() => Promise<string>) | undefined;
}

/** The screen the controller says, its skeleton while it loads, or why there is none. */
export function CurrentScreen(props: CurrentScreenProps) {
  const { state, current, frame, isReady, actions, reauthenticate } = props;
  const { piece, loaded } = current;
  const { screen, request, facts, error } = state;
  const say = frame.language.say;
  if (!screen && error !== undefined) {
    return <Problem frame={frame} sentence={sayFailure(frame.language, readFailure(error))} onRetry={state.retry} />;
  }
  if (loaded.status === 'failed') {
    return <Problem frame={frame} sentence={say('error.chunk')} onRetry={() => piece.load()} />;
  }
  const Named = screen && loaded.status === 'ready' ? loaded.value[screen.name] : undefined;
  if (!isReady || !screen || !request || !Named) {
    return (
      <Frame frame={{ ...frame, onAnotherWay: undefined }} name="Loading" title={say('loading')}>
        <Skeleton of="screen" label={say('loading')} />
      </Frame>
    );
  }
  return (
    <Named
      key={keyOf(screen)}
      screen={screen}
      request={request}
      ways={state.ways}
      locks={facts?.locks ?? []}
      unsupported={facts?.unsupported ?? []}
      frame={{
        ...frame,
        approval: approvalOf(screen, request, { language: frame.language, actions }, facts?.minLevel),
      }}
      reauthenticate={reauthenticate}
      onEvent={state.send}
    />
  );
}
