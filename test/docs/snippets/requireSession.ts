import { mfa } from './server.js';

export const listTransfers = async (request: Request): Promise<Response> => {
  const result = await mfa.requireSession(request);
  if (!result.ok) return result.response; // signed out, or still waiting for the second factor
  return Response.json({ owner: result.session.userId, transfers: [] });
};
