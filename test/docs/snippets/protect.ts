import { mfa } from './server.js';

export const sendMoney = async (request: Request): Promise<Response> => {
  const transfer = await request.json();
  const check = await mfa.requireMfa(request, { action: 'transfer.send', payload: transfer });
  if (!check.ok) return check.response; // 401 or 403, and says what to prove
  return Response.json({ sentBy: check.mfa.userId, transfer });
};
