import { type IncomingMessage, type Server, type ServerResponse, createServer } from 'node:http';
import { AwsFault } from './engine/fault.ts';
import { AwsLocalError } from './errors.ts';
import { refusal } from './gate.ts';
import { MAX_OBJECT_BYTES } from './s3/payload.ts';
import { faultFor } from './wire/dispatch.ts';
import type { Answer, WireRequest, WireResponse } from './wire/message.ts';

/** How to listen: `port` 0 or none takes a free one; requests must be signed with `accessKeyId`. */
export interface ListenOptions {
  readonly port?: number;
  readonly accessKeyId: string;
}

/** A port of 127.0.0.1 that answers. */
export interface Loopback {
  readonly port: number;
  close(): Promise<void>;
}

/** The largest object, with room for the framing of aws-chunked. */
const MAX_BODY_BYTES = MAX_OBJECT_BYTES + 1024 * 1024;

/**
 * Answers HTTP requests on one port of 127.0.0.1, for the SDK clients of other processes.
 *
 * @throws AwsLocalError `PORT_UNAVAILABLE`.
 */
export async function listenOnLoopback(answer: Answer, options: ListenOptions): Promise<Loopback> {
  const server = createServer((request, response) => {
    void respond(answer, options.accessKeyId, request, response);
  });
  server.keepAliveTimeout = 65_000;
  const port = await bound(server, options.port ?? 0);
  return {
    port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function respond(
  answer: Answer,
  accessKeyId: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const gone = new AbortController();
  response.once('close', () => gone.abort());
  const head = { method: request.method ?? '', headers: flatHeaders(request) };
  try {
    const refused = refusal(request.headers, accessKeyId);
    if (refused !== undefined) return refuse(response, faultFor(head, refused));
    const body = await bodyOf(request);
    if (body === undefined) {
      return refuse(response, faultFor(head, new AwsFault('EntityTooLarge', 'The request body is too large')));
    }
    send(response, await answer({ ...head, ...targetOf(request), body, signal: gone.signal }));
  } catch (error) {
    if (!gone.signal.aborted) refuse(response, faultFor(head, new AwsFault('InternalFailure', String(error), 500)));
  }
}

function targetOf(request: IncomingMessage): Pick<WireRequest, 'path' | 'query' | 'hostname' | 'origin'> {
  const [path = '', query = ''] = (request.url ?? '/').split(/\?(.*)/s);
  const host = request.headers.host ?? '';
  return {
    path,
    query: new URLSearchParams(query.replaceAll('+', '%2B')),
    hostname: host.replace(/:\d+$/, ''),
    origin: `http://${host}`,
  };
}

function flatHeaders(request: IncomingMessage): Record<string, string> {
  const entries = Object.entries(request.headers).map(([name, value]) => [name, String(value)]);
  return Object.fromEntries(entries);
}

/** The whole body; undefined when it is too large. */
async function bodyOf(request: IncomingMessage): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request) {
    const part = Buffer.from(chunk);
    bytes += part.length;
    if (bytes > MAX_BODY_BYTES) return undefined;
    chunks.push(part);
  }
  return Buffer.concat(chunks);
}

/** Answers without having read the request, so its connection ends too. */
function refuse(response: ServerResponse, fault: WireResponse): void {
  response.setHeader('connection', 'close');
  send(response, fault);
}

function send(response: ServerResponse, answer: WireResponse): void {
  if (response.destroyed) return;
  response.writeHead(answer.status, { 'content-length': answer.body.length, ...answer.headers });
  response.end(answer.body);
}

function bound(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (cause) => {
      reject(
        new AwsLocalError('PORT_UNAVAILABLE', {
          message: `expected a free port of 127.0.0.1, got: ${cause.message}`,
          where: `127.0.0.1:${port}`,
          fix: 'choose another port, or 0 for any',
          cause,
        }),
      );
    });
    server.listen(port, '127.0.0.1', () => {
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : port);
    });
  });
}
