'use client';

import type { QueryClient } from '@tanstack/react-query';
import { useEffect, useMemo, useSyncExternalStore } from 'react';
import type { MfaClient } from '../client/core.js';
import { getPasskeySupport } from '../client/passkeySupport.js';
import type { ModalController } from '../controller/createModalController.js';
import { createModalEngine } from '../controller/createModalEngine.js';
import type { ModalState } from '../controller/modalDesk.js';
import { screenFacts } from '../controller/screenFacts.js';
import type { FactSource, Method, PromptRequest } from '../controller/screens.js';
import { screenRules } from '../controller/transitions.js';
import { waysFor } from '../controller/ways.js';
import { mfaMethodsQueryOptions, settingsQueryOptions } from '../queries/queries.js';
import { queryClientOf } from '../queries/queryClientOf.js';
import { secretClientOf } from '../queries/secretClient.js';
import { useMfaContext } from './MfaContext.js';
import { useSession } from './useSession.js';

export interface UseModalControllerReturnType
  extends ModalState,
    Pick<ModalController, 'send' | 'close' | 'back' | 'retry'> {
  /** The methods the current screen may offer, best first: those to enrol, or those to verify with. */
  readonly ways: readonly Method[];
}

const createFactSource = (client: MfaClient, queryClient: QueryClient): FactSource => {
  const read = (request: PromptRequest) => {
    const settings = queryClient.getQueryData(settingsQueryOptions(client).queryKey);
    const methods = queryClient.getQueryState(mfaMethodsQueryOptions(client).queryKey);
    if (!settings || !methods?.data) return undefined;
    const { status, user } = client.session.getSnapshot();
    const facts = screenFacts({
      settings,
      methods: methods.data,
      methodsReadAt: methods.dataUpdatedAt,
      isSessionWaiting: status === 'waitingForMfa',
      isAcknowledgementPending: user?.mfaBackupCodeAcknowledgement === 'pending',
      canUsePasskeys: getPasskeySupport() === 'supported',
      request,
      now: Date.now(),
    });
    return { facts, isOutOfDate: methods.isInvalidated };
  };
  return {
    peek: (request) => {
      const known = read(request);
      return known && !known.isOutOfDate ? known.facts : undefined;
    },
    load: async (request) => {
      await Promise.all([
        queryClient.fetchQuery(settingsQueryOptions(client)),
        queryClient.fetchQuery(mfaMethodsQueryOptions(client)),
      ]);
      const known = read(request);
      if (!known) throw new Error('The session ended while its methods were read.');
      return known.facts;
    },
  };
};

/**
 * What is up, and how to move on: for an interface of your own in place of the prebuilt modals. While a component with
 * this hook is mounted, prompts open in it, also with `<MfaProvider modals={false}>`.
 *
 * @example
 * const { screen, send, close } = useModalController();
 * if (screen?.name === 'OtpVerification') return <MyCode onVerified={(result) => send({ type: 'verified', method: 'totp', ...result })} />;
 */
export const useModalController = (): UseModalControllerReturnType => {
  const { client, queries, controller } = useMfaContext();
  const queryClient = queryClientOf(queries);
  const state = useSyncExternalStore(controller.subscribe, controller.getSnapshot, controller.getServerSnapshot);
  useEffect(
    () =>
      controller.attach((desk) =>
        createModalEngine(desk, {
          rules: screenRules,
          facts: createFactSource(client, queryClient),
          isBusy: () => secretClientOf(client).isMutating() > 0,
        }),
      ),
    [client, queryClient, controller],
  );
  const userId = useSession().user?.id;
  useEffect(() => {
    if (userId === undefined) return;
    // Read ahead, so that from opening to verified there is one request: the code's own.
    void queryClient.prefetchQuery(settingsQueryOptions(client));
    void queryClient.prefetchQuery(mfaMethodsQueryOptions(client));
  }, [client, queryClient, userId]);
  return useMemo(() => {
    const { screen, facts } = state;
    const { send, close, back, retry } = controller;
    return { ...state, send, close, back, retry, ways: screen && facts ? waysFor(screen, facts) : [] };
  }, [state, controller]);
};
