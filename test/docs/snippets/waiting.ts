import type { MfaServer } from 'mfa-kit/server';

/** The wallet has a new delegate: its owner has to reshare it, at the next sign-in. */
export const delegateApproved = (mfa: MfaServer, userId: string, wallet: string) =>
  mfa.waiting.leave(userId, { action: 'wallet.waas.reshare', subject: wallet, summary: `Reshare ${wallet}` });

export const reshare = async (mfa: MfaServer, request: Request): Promise<Response> => {
  const check = await mfa.requireMfa(request, { action: 'wallet.waas.reshare' });
  if (!check.ok) return check.response;
  const { id } = await request.json();
  return Response.json({ isDone: await mfa.waiting.settle(check.mfa.userId, id) });
};
