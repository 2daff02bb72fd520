/**
 * Who keeps a passkey, by its AAGUID (WebAuthn L3 §6.5.1). Loaded on demand, and a piece of its own: a list that grows.
 *
 * Source: names as listed by the community registry passkeydeveloper/passkey-authenticator-aaguids (aaguid.json, read
 * November 2026); security keys from the FIDO Alliance Metadata Service. Facts only: the registry's icons are not taken.
 */

/** Password managers and devices, each with the ids it makes passkeys under. */
const managers: Readonly<Record<string, readonly string[]>> = {
  'Apple Passwords': ['fbfc3007-154e-4ecc-8c0b-6e020557d7bd'],
  'iCloud Keychain (Managed)': ['dd4ec289-e01d-41c9-bb89-70fa845d4bf2'],
  'Google Password Manager': ['ea9b8d66-4d01-1d21-3ce4-b6b48cb575d4'],
  'Chrome on Mac': ['adce0002-35bc-c60a-648b-0b25f1f05503'],
  'Edge on Mac': ['771b48fd-d3d4-4f74-9232-fc157ab0507a'],
  'Chromium Browser': ['b5397666-4885-aa6b-cebf-e52262a439a2'],
  'Windows Hello': [
    '08987058-cadc-4b81-b6e1-30de50dcbe96',
    '9ddd1817-af5a-4672-a2b9-3e3dd95000a9',
    '6028b017-b1d4-4c02-b4b3-afcdafc96bb2',
  ],
  'Samsung Pass': ['53414d53-554e-4700-0000-000000000000'],
  'Microsoft Password Manager': ['d3452668-01fd-4c12-926c-83a4204853aa'],
  '1Password': ['bada5566-a7aa-401f-bd96-45619a55120d'],
  Bitwarden: ['d548826e-79b4-db40-a3d8-11116f7e8349'],
  Dashlane: ['531126d6-e717-415c-9320-3d9aa6981239'],
  NordPass: ['b84e4048-15dc-4dd0-8640-f4f60813c8af'],
  Keeper: ['0ea242b4-43c4-4a1b-8b17-dd6d0b6baec6'],
  Enpass: ['f3809540-7f14-49c1-a8b3-8f813b225541'],
  KeePassXC: ['fdb141b2-5d84-443e-8a35-4698c205a502'],
  KeePassDX: ['eaecdef2-1c31-5634-8639-f1cbd9c00a08'],
  'Proton Pass': ['50726f74-6f6e-5061-7373-50726f746f6e'],
  LastPass: ['b78a0a55-6ef8-d246-a042-ba0f6d55050c'],
  AliasVault: ['a11a5faa-9f32-4b8c-8c5d-2f7d13e8c942'],
  Sésame: ['891494da-2c90-4d31-a9cd-4eab0aed1309'],
  IDmelon: ['39a5647e-1853-446c-a1f6-a79bae9f5bc7'],
  iPasswords: ['bfc748bb-3429-4faa-b9f9-7cfa9f3b76d0'],
  'Zoho Vault': ['b35a26b2-8f6e-4697-ab1d-d44db4da28c6'],
  Devolutions: ['de503f9c-21a4-4f76-b4b7-558eb55c6f89'],
  LogMeOnce: ['22248c4c-7a12-46e2-9a41-44291b373a4d'],
  'Kaspersky Password Manager': ['a10c6dd9-465e-4226-8198-c7c44b91c555'],
  pwSafe: ['d350af52-0351-4ba2-acd3-dfeeadc3f764'],
  'Heimlane Vault': ['d49b2120-b865-4191-8cea-be84a52b0485'],
  'ToothPic Passkey Provider': ['cc45f64e-52a2-451b-831a-4edd8022a202'],
  'Thales Bio iOS SDK': ['66a0ccb3-bd6a-191f-ee06-e375c50b9846'],
  'Thales Bio Android SDK': ['8836336a-f590-0921-301d-46427531eee6'],
  'Thales PIN Android SDK': ['cd69adb5-3c7a-deb9-3177-6800ea6cb72a'],
  'Thales PIN iOS SDK': ['17290f1e-c212-34d0-1423-365d729f09d9'],
};

/** Security keys. */
const keys: Readonly<Record<string, readonly string[]>> = {
  'YubiKey 5': [
    'cb69481e-8ff7-4039-93ec-0a2729a154a8',
    'ee882879-721c-4913-9775-3dfcce97072a',
    'c5ef55ff-ad9a-4b9f-b580-adebafe026d0',
  ],
  'YubiKey 5 NFC': ['fa2b99dc-9e39-4257-8f92-4a30d23c4118', '2fc0579f-8113-47ea-b116-bb5a8db9202a'],
  'YubiKey Bio': ['d8522d9f-575b-4866-88a9-ba99fa02f35b'],
  'Security Key by Yubico': ['f8a011f3-8c0a-4d15-8006-17111f9edc7d', 'b92c3f9a-c014-4056-887f-140a2501163b'],
  'Security Key NFC by Yubico': ['6d44ba9b-f6ec-2e49-b930-0c8fe920cb73', '149a2021-8ef6-4133-96b8-81f8d5b7f1f5'],
  'YubiKey 5 FIPS': ['73bb0cd4-e502-49b8-9c6f-b59445bf720b', 'c1f9a0bc-1dd2-404a-b27f-8e29047a43fd'],
  'Google Titan': ['42b4fb4a-2866-43b2-9bf7-6c6669c2e5d3'],
};

/** What is known of who keeps a passkey. */
export interface PasskeyProvider {
  name: string;
  isSecurityKey: boolean;
}

const named = (list: Readonly<Record<string, readonly string[]>>, isSecurityKey: boolean) =>
  Object.entries(list).flatMap(([name, ids]) => ids.map((id) => [id, { name, isSecurityKey }] as const));

/** By AAGUID, a lower-case UUID. */
export const passkeyProviders: ReadonlyMap<string, PasskeyProvider> = new Map([
  ...named(managers, false),
  ...named(keys, true),
]);
