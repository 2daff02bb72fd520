'use client';

import { MfaError } from '../client/errors.js';

export interface UseOtpVerificationRequestReturnType {
  /** Not offered: rejects with `not_supported`. */
  verifyOtp: (verificationToken: string) => Promise<never>;
}

const operations: UseOtpVerificationRequestReturnType = {
  verifyOtp: async () => {
    throw new MfaError('not_supported', {
      message: 'Addresses are not changed by this kit. A sign-in code is checked by useConnectWithOtp.',
    });
  },
};

/**
 * Published for checking a new address with a code. Addresses are not changed by this kit, so there is nothing to check: see
 * {@link useConnectWithOtp} for the codes of a sign-in, and {@link useStepUpAuthentication} for those of a fresh proof.
 *
 * @example
 * const { verifyOtp } = useOtpVerificationRequest();
 */
export const useOtpVerificationRequest = (): UseOtpVerificationRequestReturnType => operations;
