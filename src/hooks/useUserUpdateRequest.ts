'use client';

import { useMemo } from 'react';
import { updateUser } from '../client/user.js';
import { useMfaContext } from './MfaContext.js';
import { type UserProfile, viewOf } from './useUser.js';

/** What a person may change about themselves. */
export interface UserFields {
  firstName?: string;
  lastName?: string;
  alias?: string;
}

export interface UserUpdate {
  /** Always false: an address is not changed this way. */
  isEmailVerificationRequired: false;
  /** Always false. */
  isSmsVerificationRequired: false;
  /** Always empty. */
  missingFields: [];
  /** The person as they are now. */
  updateUserProfileResponse: { user: UserProfile | undefined };
}

export interface UseUserUpdateRequestReturnType {
  /**
   * Changes fields of the person who is signed in. A stored MFA token for `user.update` goes along. Rejects with
   * `invalid_update`, `elevated_access_token_required`, `not_signed_in`.
   */
  updateUser: (userFields: UserFields) => Promise<UserUpdate>;
  /** The same: nothing has to be confirmed in a modal. */
  updateUserWithModal: (userFields: UserFields) => Promise<UserUpdate>;
}

/**
 * Changes what is known of the person who is signed in.
 *
 * @example
 * const { updateUser } = useUserUpdateRequest();
 * await updateUser({ firstName: 'Ada' });
 */
export const useUserUpdateRequest = (): UseUserUpdateRequestReturnType => {
  const { client } = useMfaContext();
  return useMemo(() => {
    const update = async (userFields: UserFields): Promise<UserUpdate> => {
      await updateUser({ userFields }, client);
      return {
        isEmailVerificationRequired: false,
        isSmsVerificationRequired: false,
        missingFields: [],
        updateUserProfileResponse: { user: viewOf(client).read().user },
      };
    };
    return { updateUser: update, updateUserWithModal: update };
  }, [client]);
};
