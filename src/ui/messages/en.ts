/**
 * Every sentence a person reads, in English. The keys are public: `<MfaProvider messages={{ 'otp.title': '…' }}>` replaces
 * any of them. `{name}` marks a value; a message that counts has a form per plural category of its language.
 */
export type Message = string | PluralMessage;

/** One form per category of `Intl.PluralRules`; the value that decides is `count`. */
export type PluralMessage = { readonly other: string } & { readonly [Form in Intl.LDMLPluralRule]?: string };

export const en = {
  // On every screen
  back: 'Back',
  close: 'Close',
  cancel: 'Cancel',
  done: 'Done',
  logOut: 'Log out',
  anotherWay: 'Try another way',
  continue: 'Continue',
  tryAgain: 'Try again',
  loading: 'Loading',
  step: 'Step {step} of {of}',

  // What is being approved
  'approve.action': 'To approve: {action}',
  'approve.once': 'Counts once',
  'approve.session': 'Counts for a while in this session',
  'action.wallet.waas.sign': 'sign with your wallet',
  'action.wallet.waas.export': 'export your wallet key',
  'action.wallet.waas.reshare': 'share your wallet key anew',
  'action.wallet.waas.refresh': 'refresh your wallet key',
  'action.wallet.waas.offline_recovery_trigger': 'start the recovery of your wallet',
  'action.user.update': 'change your profile',

  // The ways there are
  'method.totp': 'Authenticator app',
  'method.totp.help': 'A 6-digit code from your phone',
  'method.passkey': 'Passkey',
  'method.passkey.help': 'Your fingerprint, face or screen lock',
  'method.recovery': 'Backup code',
  'method.recovery.help': 'One of the codes you saved',
  'method.recommended': 'Recommended',
  'method.locked': 'Paused after too many tries. Ready in {time}',
  'method.suspended': 'Switched off after too many wrong codes',
  'method.unsupported': 'This browser can’t use it',
  'method.empty': 'None left',

  // ChooseType
  'choose.enrol.title': 'Add a second step',
  'choose.enrol.help': 'A second step keeps others out, even if they get into your email. It takes about a minute.',
  'choose.verify.title': 'Confirm it’s you',
  'choose.verify.help': 'Use whichever you have at hand.',
  'choose.none': 'There is no way to confirm it’s you here just now. Close this and try again later.',

  // QrCode
  'qr.title': 'Scan this with your app',
  'qr.title.touch': 'Add this account to your app',
  'qr.help': 'In your authenticator app, add an account and point the camera here.',
  'qr.help.touch': 'Open it in the authenticator app on this device, or type in the setup key.',
  'qr.help.replace': 'Your old app keeps working until the new one is confirmed.',
  'qr.alt': 'QR code that adds {account} to your authenticator app. The setup key below does the same.',
  'qr.loading': 'Preparing your setup code',
  'qr.appearsAs': 'It will appear as',
  'qr.key': 'Setup key',
  'qr.key.help': 'Can’t scan? Type this key into your app.',
  'qr.open': 'Open in authenticator app',
  'qr.other': 'Scan with another device',
  'qr.expiresSoon': 'Good for {time} more',
  'qr.expired.title': 'This setup code has expired',
  'qr.expired.help': 'Nothing has changed on your account. Get a new code and scan that one.',
  'qr.restart': 'Get a new code',
  'qr.refused': 'This setup code could not be shown safely. Get a new one; if that fails too, contact support.',

  // OtpVerification
  'otp.title': 'Enter your 6-digit code',
  'otp.title.enrol': 'Enter the code from your app',
  'otp.help': 'Open your authenticator app and type the code it shows.',
  'otp.help.account': 'Open your authenticator app and type the code for {account}.',
  'otp.help.enrol': 'Your app now shows six digits. Type them here to finish.',
  'otp.label': '6-digit code',
  'otp.incomplete': 'Enter all six digits.',
  'otp.next': 'Next code in {time}',
  'otp.next.ready': 'Your app should show a new code now.',

  // EnterBackupCodes
  'recovery.title': 'Enter a backup code',
  'recovery.help': 'Use one of the codes you saved. Each works once.',
  'recovery.label': 'Backup code',
  'recovery.incomplete': 'A backup code has 16 letters and digits. Check it and try again.',
  'recovery.support': 'No codes left? Contact {support}.',

  // RecoveryUsed
  'used.title': 'Confirmed with a backup code',
  'used.left': { one: 'You have {count} backup code left.', other: 'You have {count} backup codes left.' },
  'used.left.few': {
    one: 'You have only {count} backup code left. Get new ones soon.',
    other: 'You have only {count} backup codes left. Get new ones soon.',
  },
  'used.left.none': 'That was your last backup code. Choose one of these so you don’t get locked out.',
  'used.replace': 'Set up a new authenticator app',
  'used.replace.help': 'If your phone is lost or new',
  'used.newCodes': 'Get new backup codes',
  'used.newCodes.help': 'If you still have your authenticator app',

  // ViewBackupCodes
  'codes.title': 'Save your backup codes',
  'codes.title.new': 'Save your new backup codes',
  'codes.help': 'If you lose your phone, each of these gets you in once. They are not shown again.',
  'codes.help.new': 'Each works once. Your old codes stop working when you finish.',
  'codes.loading': 'Preparing your backup codes',
  'codes.list': 'Backup codes',
  'codes.download': 'Download',
  'codes.downloaded': 'Saved',
  'codes.print': 'Print',
  'codes.printed': 'Printed',
  'codes.wroteDown': 'I wrote them down',
  'codes.tick': 'I have saved these codes',
  'codes.finish': 'Finish',
  'codes.saveFirst': 'Copy, download or print the codes, or write them down. Then tick the box.',
  'codes.tickFirst': 'Tick the box to say that you have saved them.',
  'codes.hidden.title': 'Your backup codes are saved',
  'codes.hidden.left': { one: 'You have {count} code left.', other: 'You have {count} codes left.' },
  'codes.hidden.help': 'For your safety they are not shown again. You can get a new set at any time.',
  'codes.new': 'Get new codes',
  'codes.file.heading': '{app} backup codes',
  'codes.file.user': 'Account: {user}',
  'codes.file.date': 'Created: {date}',
  'codes.file.note': 'Each code works once. Keep them somewhere safe.',

  // ManageDevices
  'manage.title': 'Your second step',
  'manage.help': 'How you confirm it’s you when you sign in.',
  'manage.list': 'Your ways to confirm it’s you',
  'manage.empty.title': 'No second step yet',
  'manage.empty.help': 'A code from your phone keeps others out, even if they get into your email.',
  'manage.add': 'Add authenticator app',
  'manage.added': 'Added {date}',
  'manage.lastUsed': 'Last used {when}',
  'manage.neverUsed': 'Not used yet',
  'manage.default': 'Default',
  'manage.makeDefault': 'Make default',
  'manage.replace': 'Move to a new phone',
  'manage.remove': 'Remove',
  'manage.actions': 'Actions for {name}',
  'manage.confirm.title': 'Remove {name}?',
  'manage.confirm.help': 'Signing in no longer asks for it.',
  'manage.confirm.last': 'Signing in no longer asks for a second step, and your backup codes go with it.',
  'manage.confirm.keep': 'Keep it',
  'manage.lastRequired':
    'A second step is required here, so the only one can’t be removed. Move it to a new phone instead.',
  'manage.codes': 'Backup codes',
  'manage.codes.left': { one: '{count} code left', other: '{count} codes left' },

  // Locked
  'locked.title': 'Too many tries',
  'locked.help': 'To keep others out, codes are paused for a while. Your account is safe.',
  'locked.announce': { one: '{count} minute left', other: '{count} minutes left' },
  'locked.announce.soon': 'Less than a minute left',
  'locked.other': 'You can still use',
  'locked.suspended.title': 'Codes are switched off',
  'locked.suspended.help': 'Too many were wrong. Confirm it’s you in another way to switch them on again.',
  'locked.suspended.alone': 'Too many were wrong. Contact {support} to switch them on again.',
  'locked.support': 'support',

  // SignInAgain
  'again.title': 'Sign in again first',
  'again.help':
    'You signed in a while ago. Sign in once more, so that nobody else at this screen can add a second step of theirs.',
  'again.submit': 'Sign in again',

  // Success
  'success.enrolled': 'Your second step is on',
  'success.verified': 'Confirmed',
  'success.codesSaved': 'Your codes are saved',

  // Leaving while a secret is on screen
  'leave.setup.title': 'Leave setup?',
  'leave.setup.help': 'Your second step is not on yet. You can pick up here later.',
  'leave.codes.title': 'Leave without saving?',
  'leave.codes.help': 'You need these codes if you lose your phone. They wait here until you save them.',
  'leave.stay': 'Stay',
  'leave.leave': 'Leave',

  // Copying
  copy: 'Copy',
  copied: 'Copied',
  'copy.key': 'Copy setup key',
  'copy.failed': 'Your browser blocked copying. The text is selected: copy it from there.',

  // What went wrong, then what to do
  'problem.title': 'That didn’t open',
  'error.offline': 'You’re offline. Check your connection, then try again.',
  'error.network': 'We couldn’t reach the server. Check your connection, then try again.',
  'error.server': 'Something went wrong on our side. Try again in a moment.',
  'error.busy': 'The service is busy. Try again in a few seconds.',
  'error.tooMany': 'That was a lot of requests. Wait a minute, then try again.',
  'error.tooMany.time': 'That was a lot of requests. Try again in {time}.',
  'error.malformed': 'We got an answer we can’t read. Reload the page and try again.',
  'error.chunk': 'Part of this didn’t load. Check your connection, then try again.',
  'error.wrong': 'That code didn’t match. Check it and try again.',
  'error.wrong.left': {
    one: 'That code didn’t match. {count} try left.',
    other: 'That code didn’t match. {count} tries left.',
  },
  'error.wrong.recovery': 'That backup code didn’t match. Check it, or use another one.',
  'error.used': 'That code was already used. Wait for the next one.',
  'error.used.recovery': 'That backup code was used before. Use another one.',
  'error.clock': 'Check that your phone’s clock is set automatically.',
  'error.clock.off': 'No match, and this device’s clock is off by {time}. Set it to automatic, then try a new code.',
  'error.expired': 'This setup has expired. Start again with a new code.',
  'error.locked': 'Too many tries. Codes are paused for a while.',
  'error.suspended': 'Too many wrong codes: this way is switched off. Try another way.',
  'error.session': 'Your session has ended. Sign in again to go on.',
  'error.signInAgain': 'You signed in a while ago. Sign in again to go on.',
  'error.proof': 'Confirm it’s you first, then try again.',
  'error.disabled': 'This way is switched off here. Try another way.',
  'error.enrolled': 'An authenticator app is already set up. Move it to the new phone instead.',
  'error.enrolFirst': 'Add a second step first, then try again.',
  'error.last': 'A second step is required here, so the only one can’t be removed.',
  'error.noCodes': 'There are no backup codes to show. Add an authenticator app first.',
  'error.gone': 'This is no longer on your account. Reload the page to see what is.',
  'error.unknown': 'That didn’t work. Try again, and contact support if it goes on.',
} as const satisfies Record<string, Message>;

/** Names a sentence. */
export type MessageKey = keyof typeof en;

/** A whole catalogue: every sentence there is. */
export type Catalogue = { readonly [Key in MessageKey]: Message };

/** Sentences of the application's own, by key. `action.<name>` names an action the application has added. */
export type MessageOverrides = { readonly [Key in MessageKey | `action.${string}`]?: Message };
