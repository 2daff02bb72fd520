import { randomBytes } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import { extname, join, normalize, sep } from 'node:path';

const types: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
};

/** Where Vite was told to write the nonce of each answer. */
const placeholder = /__NONCE__/g;

/** The policy Harbor's page lives under: everything from this origin, and injected styles under the answer's nonce. */
const policy = (nonce: string): string =>
  [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
  ].join('; ');

/** Serves the built page: files with a hash in their name for ever, everything else as `index.html`. */
export const servePage = (folder: string, path: string, response: ServerResponse): void => {
  const file = join(folder, normalize(path));
  const isInside = file.startsWith(folder.endsWith(sep) ? folder : folder + sep);
  const type = types[extname(file)];
  response.setHeader('x-content-type-options', 'nosniff');
  response.setHeader('referrer-policy', 'no-referrer');
  if (isInside && type !== undefined && extname(file) !== '.html' && isFile(file)) {
    const isHashed = path.startsWith('/assets/');
    response.writeHead(200, {
      'content-type': type,
      'cache-control': isHashed ? 'max-age=31536000, immutable' : 'no-cache',
    });
    response.end(readFileSync(file));
    return;
  }
  if (extname(path) !== '' && extname(path) !== '.html') {
    response.writeHead(404, { 'content-type': 'text/plain' }).end('Not found');
    return;
  }
  const nonce = randomBytes(16).toString('base64');
  response.writeHead(200, {
    'content-type': types['.html'],
    'cache-control': 'no-store',
    'content-security-policy': policy(nonce),
  });
  response.end(readFileSync(join(folder, 'index.html'), 'utf8').replace(placeholder, nonce));
};

const isFile = (file: string): boolean => statSync(file, { throwIfNoEntry: false })?.isFile() ?? false;
