import { act } from '@testing-library/react';
import { useMfa } from 'mfa-kit';
import { describe, expect, test } from 'vitest';
import { createPage, renderHookOn } from '../support/renderWithMfa.js';
import { wrongCode } from '../support/totp.js';

const start = async () => {
  const page = await createPage({ server: { policy: { enabled: true, enrollment: 'signup' } } });
  const { result } = renderHookOn(page, () => useMfa());
  await page.signIn();
  return { page, mfa: () => result.current };
};

describe('useMfa', () => {
  test('enrols, gives codes, acknowledges them, and proves with code and recovery code', async () => {
    const { page, mfa } = await start();
    const { id, secret, uri } = await mfa().addDevice();
    expect(uri).toContain('otpauth://totp/');
    const code = page.code(secret);
    await act(async () => {
      expect(await mfa().authenticateDevice({ code, deviceId: id })).toBeUndefined();
    });
    expect(await mfa().isPendingRecoveryCodesAcknowledgment()).toBe(true);
    const codes = await mfa().getRecoveryCodes();
    expect(codes).toHaveLength(10);
    expect(await mfa().getRecoveryCodes()).toEqual(codes);
    await act(() => mfa().completeAcknowledgement());
    expect(await mfa().isPendingRecoveryCodesAcknowledgment()).toBe(false);
    page.server.clock.advance(30_000);
    await act(async () => {
      const token = await mfa().authenticateDevice({ code: page.code(secret), createMfaToken: { singleUse: true } });
      expect(token).toMatch(/^mfa_/);
      expect(await mfa().authRecoveryCode(codes[0] ?? '')).toBe(true);
    });
    expect(page.client.mfaToken).toMatch(/^mfa_/);
    expect(await mfa().getUserDevices()).toMatchObject([{ id, verified: true, default: true }]);
  });

  test('beginning twice gives the same secret', async () => {
    const { mfa } = await start();
    const first = await mfa().addDevice();
    expect(await mfa().addDevice()).toEqual(first);
  });

  test('every failure rejects with its code', async () => {
    const { page, mfa } = await start();
    await expect(mfa().addDevice('passkey')).rejects.toMatchObject({ code: 'not_supported' });
    await expect(mfa().verifyDevice('123456', 'passkey')).rejects.toMatchObject({ code: 'not_supported' });
    const { id, secret } = await mfa().addDevice();
    const wrong = wrongCode(secret, page.server.clock());
    await expect(mfa().authenticateDevice({ code: wrong, deviceId: id })).rejects.toMatchObject({
      code: 'mfa_invalid_otp_error',
      attemptsLeft: expect.any(Number) as unknown,
    });
    await expect(mfa().authDevice(wrong, 'totp', id)).rejects.toMatchObject({ serverCode: 'mfa_invalid_code' });
    await expect(mfa().getNewRecoveryCodes()).rejects.toMatchObject({ status: 403 });
    await expect(mfa().updateUserDevice(crypto.randomUUID())).rejects.toMatchObject({ status: 403 });
    page.goOffline(true);
    await expect(mfa().addDevice()).rejects.toMatchObject({ code: 'network_error' });
  });

  test('a device that is not there is not found', async () => {
    const { page, mfa } = await start();
    const { id, secret } = await mfa().addDevice();
    await act(() => mfa().authDevice(page.code(secret), 'totp', id));
    await expect(mfa().updateUserDevice(crypto.randomUUID())).rejects.toMatchObject({ code: 'mfa_device_not_found' });
    await act(() => mfa().updateUserDevice(id));
  });

  test('removing a device with a fresh proof removes it', async () => {
    const page = await createPage({ server: { policy: { enabled: true, enrollment: 'none' } } });
    const { result } = renderHookOn(page, () => useMfa());
    await page.signIn();
    const { id, secret } = await result.current.addDevice();
    await act(() => result.current.authDevice(page.code(secret), 'totp', id));
    await act(() => result.current.deleteUserDevice(id, ''));
    expect(await result.current.getUserDevices()).toEqual([]);
  });
});
