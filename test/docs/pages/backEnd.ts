import { AccessTokenError, verifyAccessToken } from 'mfa-kit/server';

const environmentId = '0b5a3f0e-58c5-4a44-9d0c-7d8f1b1f2f11';
const api = 'https://app.example.com/api/v0';

export const listInvoices = async (request: Request): Promise<Response> => {
  const [scheme, jwt = ''] = (request.headers.get('authorization') ?? '').split(' ');
  if (scheme !== 'Bearer') return Response.json({ code: 'not_signed_in' }, { status: 401 });
  try {
    const { userId } = await verifyAccessToken(jwt, {
      issuer: `${api}/${environmentId}`,
      audience: 'https://app.example.com',
      jwksUrl: `${api}/sdk/${environmentId}/.well-known/jwks`,
    });
    return Response.json({ owner: userId, invoices: [] });
  } catch (error) {
    if (!(error instanceof AccessTokenError)) throw error; // an option is wrong
    return Response.json({ code: error.code }, { status: error.status });
  }
};
