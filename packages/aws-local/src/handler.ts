import { Readable } from 'node:stream';
import { HttpResponse, type HttpRequest } from '@smithy/core/protocols';
import { type Answer, NO_BODY, type WireRequest, type WireResponse } from './wire/message.ts';

/** Queue URLs of in-process clients begin with this; the name never resolves (RFC 2606). */
const IN_PROCESS_ORIGIN = 'http://aws-local.invalid';

/** What an SDK client takes as its `requestHandler`. */
export interface SdkRequestHandler {
  readonly metadata: { readonly handlerProtocol: string };
  handle(request: HttpRequest, options?: { abortSignal?: unknown }): Promise<{ response: HttpResponse }>;
  updateHttpClientConfig(): void;
  httpHandlerConfigs(): Record<string, never>;
  destroy(): void;
}

/** An SDK request handler that calls the emulator in this process: no socket and no port. */
export function sdkRequestHandler(answer: Answer): SdkRequestHandler {
  return {
    metadata: { handlerProtocol: 'http/1.1' },
    async handle(request, options) {
      const signal = options?.abortSignal instanceof AbortSignal ? options.abortSignal : undefined;
      const wire = await wireRequest(request, signal);
      await nextTurn();
      if (signal?.aborted) throw abortError();
      const response = await orAbort(answer(wire), signal);
      return { response: sdkResponse(response) };
    },
    updateHttpClientConfig: () => undefined,
    httpHandlerConfigs: () => ({}),
    destroy: () => undefined,
  };
}

/** Lets the event loop turn once, so that loops of calls starve no timer. */
function nextTurn(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}

async function wireRequest(request: HttpRequest, signal: AbortSignal | undefined): Promise<WireRequest> {
  const headers: Record<string, string> = {};
  for (const name in request.headers) headers[name.toLowerCase()] = request.headers[name] ?? '';
  return {
    method: request.method,
    path: request.path,
    query: queryOf(request.query),
    headers,
    hostname: request.hostname,
    origin: IN_PROCESS_ORIGIN,
    body: await bytesOf(request.body),
    signal,
  };
}

function queryOf(query: HttpRequest['query'] | undefined): URLSearchParams {
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries(query ?? {})) {
    for (const one of Array.isArray(value) ? value : [value]) params.append(name, one ?? '');
  }
  return params;
}

async function bytesOf(body: unknown): Promise<Buffer> {
  if (body === undefined || body === null) return NO_BODY;
  if (typeof body === 'string') return Buffer.from(body);
  if (body instanceof Uint8Array) return Buffer.from(body.buffer, body.byteOffset, body.byteLength);
  if (body instanceof ArrayBuffer) return Buffer.from(body);
  if (body instanceof Blob) return Buffer.from(await body.arrayBuffer());
  if (body instanceof Readable) return Buffer.concat(await body.map((chunk) => Buffer.from(chunk)).toArray());
  throw new TypeError('expected a body of bytes, text, a Blob or a Node stream');
}

function orAbort<Value>(answer: Promise<Value>, signal: AbortSignal | undefined): Promise<Value> {
  if (signal === undefined) return answer;
  return new Promise((resolve, reject) => {
    const abort = (): void => reject(abortError());
    signal.addEventListener('abort', abort, { once: true });
    answer.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort));
  });
}

function abortError(): Error {
  return Object.assign(new Error('Request aborted'), { name: 'AbortError' });
}

function sdkResponse(response: WireResponse): HttpResponse {
  return new HttpResponse({
    statusCode: response.status,
    headers: { 'content-length': String(response.body.length), ...response.headers },
    body: response.streamed ? streamOf(response.body) : response.body,
  });
}

function streamOf(body: Buffer): Readable {
  return new Readable({
    read() {
      this.push(body);
      this.push(null);
    },
  });
}
