import type { ComponentType } from 'react';
import type { Screen } from '../../controller/screens.js';
import type { UseModalControllerReturnType } from '../../hooks/useModal.js';
import { readFailure, sayFailure } from '../messages/failure.js';
import { Frame, type FrameSettings } from '../parts/Frame.js';
import { Problem } from '../parts/Problem.js';
import { emptyPiece, type Piece, usePiece } from '../parts/piece.js';
import { Skeleton } from '../parts/Skeleton.js';
import type { ConnectedScreenProps } from './ConnectedScreen.js';
import { screenPieces } from './screens.js';

export interface CurrentScreenProps {
  state: UseModalControllerReturnType;
  frame: FrameSettings;
  /** The language is there. */
  isReady: boolean;
}

/** A key per step: the same screen come upon again begins anew. */
const keys = new WeakMap<Screen, number>();
let lastKey = 0;
const keyOf = (screen: Screen): number => {
  const key = keys.get(screen) ?? ++lastKey;
  keys.set(screen, key);
  return key;
};

type AnyScreen = ComponentType<ConnectedScreenProps<Screen['name']>>;

/** The screen the controller says, its skeleton while it loads, or why there is none. */
export function CurrentScreen({ state, frame, isReady }: CurrentScreenProps) {
  const { screen, request, facts, error } = state;
  // A screen's name and its props belong together, which the checker cannot follow through a lookup.
  const piece = screen ? (screenPieces[screen.name] as unknown as Piece<AnyScreen>) : emptyPiece;
  const loaded = usePiece<AnyScreen | undefined>(piece);
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
  const Current = loaded.value;
  return (
    <Current
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
