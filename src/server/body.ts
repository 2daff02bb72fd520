/** Reads a request's body: JSON only, 64 KB at most. */
import { refuse } from './refusals.js';

const MAX_BYTES = 64 * 1024;

/** The body as text; empty when there is none. */
export const readText = async (request: Request): Promise<string> => {
  if (request.method === 'GET' || request.method === 'HEAD') return '';
  const type = request.headers.get('content-type');
  // A form on another site can send any other type without asking first, with or without a body.
  if (type !== null && !isJson(type)) throw refuse('unsupported_media_type');
  const declared = Number(request.headers.get('content-length') ?? 0);
  if (declared > MAX_BYTES) throw refuse('body_too_large');
  const text = await readAtMost(request, MAX_BYTES);
  if (text !== '' && type === null) throw refuse('unsupported_media_type');
  return text;
};

/** Published clients set the header twice, in two spellings, which fetch joins with a comma. */
const isJson = (type: string): boolean =>
  type.split(',').every((one) => one.split(';')[0]?.trim().toLowerCase() === 'application/json');

const readAtMost = async (request: Request, limit: number): Promise<string> => {
  if (!request.body) return '';
  const reader = request.body.getReader();
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let text = '';
  let size = 0;
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return text + decoder.decode();
      size += value.byteLength;
      // Counted as it arrives: a length can be left out or be a lie.
      if (size > limit) throw refuse('body_too_large');
      text += decoder.decode(value, { stream: true });
    }
  } catch (error) {
    await reader.cancel().catch(() => undefined);
    throw error instanceof TypeError ? refuse('invalid_request', { payload: { field: 'body' } }) : error;
  }
};

export const parseJson = (text: string): unknown => {
  if (text === '') return undefined;
  try {
    return JSON.parse(text);
  } catch {
    throw refuse('invalid_request', { payload: { field: 'body' } });
  }
};
