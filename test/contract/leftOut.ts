/** Operations of the published client that this kit does not answer, although their names or paths sound like it, and why. */

const sms = 'no SMS: a code by text message is neither offered nor accepted as a factor';
const wallets = 'belongs to embedded wallets, which this kit does not have';
const social = 'belongs to social sign-in, which is the application’s own: it signs in with its own JWT';
const devices = 'sessions are bound by `sid`; there is no registration of devices';

export const leftOut: Readonly<Record<string, string>> = {
  createSmsVerification: sms,
  retrySmsVerification: sms,
  signInWithSmsVerification: sms,
  verifySmsVerification: sms,
  deviceRegistration: devices,
  listDeviceRegistrations: devices,
  deleteDeviceRegistration: devices,
  deleteAllDeviceRegistrations: devices,
  registerSessionKey: wallets,
  initEmailAuth: wallets,
  initPasskeyRecovery: wallets,
  completePasskeyRecovery: wallets,
  updateEmbeddedWalletRecoveryEmail: wallets,
  selectUserWallet: wallets,
  getEmailProvider: social,
  mergeUsers: 'accounts are not merged: one person, one first factor',
  getUserFieldsCheck: 'would tell anybody which addresses are taken',
};
