/**
 * A request as it waits for its turn, and what tells it from another.
 */
import type { Ask } from './modalDesk.js';
import type { PromptRequest, Screen, ScreenName } from './screens.js';

/** Tokens that one proof can earn. */
export const MAX_COUNT = 10;

/** Requests with the same key can be served by one proof: the words for them do not matter, nor how many wait. */
export const keyOf = (request: PromptRequest, wanted?: ScreenName | Screen): string =>
  JSON.stringify([{ ...request, summary: undefined, count: undefined }, wanted]);

export const createAsk = (request: PromptRequest, wanted?: ScreenName | Screen): Ask => ({
  request,
  wanted,
  key: keyOf(request, wanted),
  waiting: [],
  isSettled: false,
  hasTurn: false,
  isOpen: false,
  isProven: false,
  tokens: [],
  isTokenEach: false,
  endTurn: () => {},
});
