import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

interface Answer {
  readonly status: number;
  readonly headers: IncomingMessage['headers'];
  readonly body: Buffer;
}

/** A proxy that answers the same question with the same bytes for ever: an account in which nothing happens between two readings. */
export async function startReplayProxy(target: string): Promise<{ readonly url: string; readonly stop: () => void }> {
  const known = new Map<string, Promise<Answer>>();
  const server = createServer((incoming, outgoing) => void reply(incoming, outgoing));
  async function reply(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const body = withKnownStatistic(await bytesOf(incoming));
    const { authorization = '', 'x-amz-target': operation = '' } = incoming.headers;
    const scope = /Credential=([^,]+)/.exec(authorization)?.[1] ?? '';
    const key = [incoming.method, incoming.url, scope, String(operation), body.toString('base64')].join('\n');
    const answer = known.get(key) ?? ask(target, incoming, body);
    known.set(key, answer);
    const { status, headers, body: answered } = await answer;
    // An error page of a server that is busy is no answer of the account: the next one who asks asks again.
    if (status >= 500) known.delete(key);
    outgoing.writeHead(status, { ...headers, 'content-length': answered.length });
    outgoing.end(answered);
  }
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    stop: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

/** moto 5.2 fails a request that asks for a percentile: the peak stands for it, in CBOR, JSON and forms. */
function withKnownStatistic(body: Buffer): Buffer {
  const text = body.toString('latin1');
  if (!text.includes('p99.5')) return body;
  return Buffer.from(text.replaceAll('\u0065p99.5', '\u0067Maximum').replaceAll('p99.5', 'Maximum'), 'latin1');
}

function ask(target: string, { method = 'GET', headers, url = '/' }: IncomingMessage, body: Buffer): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const asked = request(
      new URL(url, target),
      { method, headers: { ...withoutChunks(headers), 'content-length': body.length } },
      (answer) => {
        bytesOf(answer).then(
          (bytes) => resolve({ status: answer.statusCode ?? 502, headers: withoutChunks(answer.headers), body: bytes }),
          reject,
        );
      },
    );
    asked.on('error', reject);
    asked.end(body);
  });
}

/** The body is known as a whole, so its length takes the place of chunks. */
function withoutChunks(headers: IncomingMessage['headers']): IncomingMessage['headers'] {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => name !== 'transfer-encoding'));
}

async function bytesOf(stream: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
