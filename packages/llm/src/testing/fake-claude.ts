import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { JsonObject } from '@infrafabric/protocol';
import {
  askedOf,
  type Behave,
  type Behaviour,
  type FakeServer,
  misbehave,
  objectIn,
  type Recorded,
  tokensOf,
  type Wire,
} from './behaviour.ts';
import { faultOfMessages, type Fault, MAX_CLAUDE_BYTES, textOfMessages } from './claude-rules.ts';
import { honest } from './honest.ts';
import { listen } from './listen.ts';

/**
 * A server with the wire of the Messages API (version 2026-10-21): what the real one refuses, it refuses with the same status
 * and error document. It listens on loopback and charges nothing.
 */
export async function fakeClaude(behave: Behave = honest): Promise<FakeServer> {
  const requests: Recorded[] = [];
  const hear = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const body = await bodyOf(request);
    requests.push({ path: request.url ?? '', headers: request.headers, body });
    answer(request, response, { body, behave, before: requests.length - 1 });
  };
  const server = createServer((request, response) => {
    void hear(request, response);
  });
  return { ...(await listen(server)), requests };
}

interface Heard {
  readonly body: string;
  readonly behave: Behave;
  readonly before: number;
}

function answer(request: IncomingMessage, response: ServerResponse, { body, behave, before }: Heard): void {
  const parsed = objectIn(body);
  const fault = faultOfCall(request, body) ?? faultOfMessages(parsed);
  if (fault !== undefined) return refuse(response, fault);
  const { system, text, model } = textOfMessages(parsed ?? {});
  const behaviour = behave(askedOf(system, text, before));
  if (behaviour.kind === 'answer') return reply(response, messageOf(behaviour, model, body));
  if (behaviour.kind === 'error') {
    return refuse(response, { status: behaviour.status, message: 'as asked for' }, behaviour.retryAfterMs);
  }
  misbehave(wireOf(response), behaviour);
}

function wireOf(response: ServerResponse): Wire {
  return {
    send(text, isWhole) {
      response.writeHead(200, { 'content-type': 'application/json' });
      if (isWhole) response.end(text);
      else response.write(text);
    },
    drop: () => void response.destroy(),
  };
}

/** What is wrong before the body is looked into. */
function faultOfCall({ method, url, headers }: IncomingMessage, body: string): Fault | undefined {
  if (!/^Bearer \S+$/.test(headers.authorization ?? '')) return { status: 401, message: 'invalid bearer token' };
  if (method !== 'POST' || url !== '/v1/messages') return { status: 404, message: `${method} ${url}` };
  const version = headers['anthropic-version'];
  if (version !== '2026-10-21') {
    return { status: 400, message: `anthropic-version: ${String(version)} is not a valid version` };
  }
  if (Buffer.byteLength(body) > MAX_CLAUDE_BYTES) return { status: 413, message: 'request exceeds 32 MB' };
  return undefined;
}

function messageOf(
  { text, usage, stop }: Extract<Behaviour, { kind: 'answer' }>,
  model: string,
  body: string,
): JsonObject {
  const counted = usage ?? { input: tokensOf(body), output: tokensOf(text) };
  return {
    id: 'msg_01fake',
    type: 'message',
    role: 'assistant',
    model,
    content: stop === 'refusal' ? [] : [{ type: 'text', text, citations: null }],
    stop_reason: stop === undefined ? 'end_turn' : stop === 'length' ? 'max_tokens' : 'refusal',
    stop_sequence: null,
    stop_details: null,
    container: null,
    diagnostics: null,
    usage: {
      input_tokens: counted.input,
      output_tokens: counted.output,
      cache_creation_input_tokens: 0,
      cache_read_input_tokens: 0,
      cache_creation: { ephemeral_5m_input_tokens: 0, ephemeral_1h_input_tokens: 0 },
      server_tool_use: null,
      service_tier: 'standard',
      inference_geo: null,
      output_tokens_details: null,
      speed: null,
    },
  };
}

/** Source: platform.claude.com, errors, 2026-11. */
const TYPES: Readonly<Record<number, string>> = {
  400: 'invalid_request_error',
  401: 'authentication_error',
  402: 'billing_error',
  403: 'permission_error',
  404: 'not_found_error',
  413: 'request_too_large',
  429: 'rate_limit_error',
  529: 'overloaded_error',
};

function refuse(response: ServerResponse, { status, message }: Fault, retryAfterMs?: number): void {
  const type = TYPES[status] ?? 'api_error';
  const wait = retryAfterMs === undefined ? {} : { 'retry-after-ms': String(retryAfterMs) };
  reply(response, { type: 'error', error: { type, message }, request_id: 'req_fake' }, { status, headers: wait });
}

function reply(
  response: ServerResponse,
  document: JsonObject,
  { status = 200, headers = {} }: { readonly status?: number; readonly headers?: Record<string, string> } = {},
): void {
  response.writeHead(status, { 'content-type': 'application/json', 'request-id': 'req_fake', ...headers });
  response.end(JSON.stringify(document));
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks).toString('utf8');
}
