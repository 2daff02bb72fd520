import type { MfaServer } from 'mfa-kit/server';

/** Somebody as the other service exports them. */
interface Row {
  id: string;
  email: string;
  createdAt: number;
  totpSecret?: string;
}

export const importPeople = async (mfa: MfaServer, rows: Row[]): Promise<void> => {
  for (const { id, email, createdAt, totpSecret } of rows) {
    const { userId } = await mfa.admin.importUser({ id, email, createdAt });
    if (totpSecret) await mfa.admin.importTotp({ userId, secret: totpSecret });
  }
};
