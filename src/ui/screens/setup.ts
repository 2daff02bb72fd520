import { ManageDevices } from './ManageDevices.js';
import { PasskeySaved } from './PasskeySaved.js';
import { QrCode } from './QrCode.js';
import { ViewBackupCodes } from './ViewBackupCodes.js';

/** What a person meets when setting up, and later when managing: most sign-ins load none of it. */
export const setupScreens = { ManageDevices, PasskeySaved, QrCode, ViewBackupCodes };
