import type { ServerResponse } from 'node:http';

export interface Mail {
  id: number;
  to: string;
  code: string;
  /** Unix milliseconds. */
  sentAt: number;
}

/**
 * Where the demo's e-mails go instead of a mail server: the terminal, and a small panel in the page. Every visitor of this
 * demo reads every mail, which is what makes it a demo.
 */
export class Inbox {
  readonly #mails: Mail[] = [];
  readonly #readers = new Set<ServerResponse>();

  deliver(mail: Omit<Mail, 'id'>): void {
    this.#mails.push({ ...mail, id: (this.#mails.at(-1)?.id ?? 0) + 1 });
    while (this.#mails.length > 5) this.#mails.shift();
    for (const reader of this.#readers) this.#send(reader);
  }

  /** Keeps a reader informed until they leave (server-sent events). */
  follow(response: ServerResponse): void {
    response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
    this.#readers.add(response);
    response.on('close', () => this.#readers.delete(response));
    this.#send(response);
  }

  close(): void {
    for (const reader of this.#readers) reader.end();
  }

  #send(reader: ServerResponse): void {
    reader.write(`data: ${JSON.stringify(this.#mails)}\n\n`);
  }
}
