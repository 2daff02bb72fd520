import type { ComponentType } from 'react';
import type { Screen as ScreenUp } from '../../controller/screens.js';
import type { UseModalControllerReturnType } from '../../hooks/useModal.js';
import { readFailure, sayFailure } from '../messages/failure.js';
import { Frame, type FrameSettings } from '../parts/Frame.js';
import { Problem } from '../parts/Problem.js';
import { emptyPiece, type Piece, type PieceState, usePiece } from '../parts/piece.js';
import { Skeleton } from '../parts/Skeleton.js';
import type { ConnectedScreenProps } from './ConnectedScreen.js';
import { screenPieces } from './screens.js';

export interface CurrentScreenProps {
  state: UseModalControllerReturnType;
  current: Current;
  frame: FrameSettings;
  /** The language is there. */
  isReady: boolean;
}

/** A key per step: the same screen come upon again begins anew. */
const keys = new WeakMap<ScreenUp, number>();
let lastKey = 0;
const keyOf = (screen: ScreenUp): number => {
  const key = keys.get(screen) ?? ++lastKey;
  keys.set(screen, key);
  return key;
};

type AnyScreen = ComponentType<ConnectedScreenProps<ScreenUp['name']>>;

/** What is there of the controller's screen. */
export interface Current {
  piece: Piece<AnyScreen | undefined>;
  loaded: PieceState<AnyScreen | undefined>;
  /** Another value is another thing to look at: the next screen, or the same one after its skeleton. */
  step: string;
}

export function useCurrent({ screen, error }: UseModalControllerReturnType, isReady: boolean): Current {
  // A screen's name and its props belong together, which the checker cannot follow through a lookup.
  const piece = screen ? (screenPieces[screen.name] as unknown as Piece<AnyScreen | undefined>) : emptyPiece;
  const loaded = usePiece<AnyScreen | undefined>(piece);
  const step = [screen && keyOf(screen), loaded.status, isReady, error !== undefined].join();
  return { piece, loaded, step };
}

/** The screen the controller says, its skeleton while it loads, or why there is none. */
export function CurrentScreen({ state, current, frame, isReady }: CurrentScreenProps) {
  const { piece, loaded } = current;
  const { screen, request, facts, error } = state;
  const say = frame.language.say;
  if (!screen && error !== undefined) {
    return <Problem frame={frame} sentence={sayFailure(frame.language, readFailure(error))} onRetry={state.retry} />;
  }
  if (loaded.status === 'failed') {
    return <Problem frame={frame} sentence={say('error.chunk')} onRetry={() => piece.load()} />;
  }
  if (!isReady || !screen || !request || loaded.status !== 'ready' || !loaded.value) {
    return (
      <Frame frame={{ ...frame, onAnotherWay: undefined }} name="Loading" title={say('loading')}>
        <Skeleton of="screen" label={say('loading')} />
      </Frame>
    );
  }
  const Screen = loaded.value;
  return (
    <Screen
      key={keyOf(screen)}
      screen={screen}
      request={request}
      ways={state.ways}
      locks={facts?.locks ?? []}
      frame={frame}
      onEvent={state.send}
    />
  );
}
