// The client and five functions of it: an application without React.
import {
  authenticateTotpMfaDevice,
  createMfaClient,
  getMfaDevices,
  getMfaMethods,
  sendEmailOTP,
  verifyOTP,
} from 'mfa-kit/client';

console.log(createMfaClient({ environmentId: 'size', apiBaseUrl: '/api/v0' }), [
  authenticateTotpMfaDevice,
  getMfaDevices,
  getMfaMethods,
  sendEmailOTP,
  verifyOTP,
]);
