import { createServer, type Http2ServerRequest, type Http2ServerResponse } from 'node:http2';
import { type JsonObject, type JsonValue, isJsonObject } from '@infrafabric/protocol';
import { modelOf, refusesSampling } from '../model-table.ts';
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
import { openObject } from './claude-rules.ts';
import { honest } from './honest.ts';
import { listen } from './listen.ts';

/**
 * A server with the wire of Bedrock Converse over HTTP/2, which is what the SDK speaks to it: what the real one refuses, it
 * refuses with the same error. It checks that a request is signed for Bedrock, not the signature.
 */
export async function fakeBedrock(behave: Behave = honest): Promise<FakeServer> {
  const requests: Recorded[] = [];
  const hear = async (request: Http2ServerRequest, response: Http2ServerResponse): Promise<void> => {
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

interface Exception {
  readonly name: string;
  readonly status: number;
  readonly message: string;
}

function answer(request: Http2ServerRequest, response: Http2ServerResponse, { body, behave, before }: Heard): void {
  const [, model = ''] = /^\/model\/([^/]+)\/converse$/.exec(request.url) ?? [];
  const parsed = objectIn(body) ?? {};
  const fault =
    faultOfCall(request, body) ??
    faultOfModel(decodeURIComponent(model)) ??
    faultOfConverse(decodeURIComponent(model), parsed);
  if (fault !== undefined) return refuse(response, fault);
  const behaviour = behave(askedOf(textIn(parsed['system']), textOf(parsed['messages']), before));
  if (behaviour.kind === 'answer') return send(response, 200, converseOf(behaviour, body));
  if (behaviour.kind === 'error') return refuse(response, exceptionOf(behaviour.status));
  misbehave(wireOf(response), behaviour);
}

function wireOf(response: Http2ServerResponse): Wire {
  return {
    send(text, isWhole) {
      response.writeHead(200, { 'content-type': 'application/json' });
      if (isWhole) response.end(text);
      else response.write(text);
    },
    drop: () => void response.stream.destroy(),
  };
}

/** Source: errors of Converse in the Amazon Bedrock API reference, 2026-11. */
function exceptionOf(status: number): Exception {
  const names: Readonly<Record<number, string>> = {
    403: 'AccessDeniedException',
    404: 'ResourceNotFoundException',
    408: 'ModelTimeoutException',
    424: 'ModelErrorException',
    429: 'ThrottlingException',
    500: 'InternalServerException',
    503: 'ServiceUnavailableException',
  };
  return {
    name: names[status] ?? 'ServiceUnavailableException',
    status: names[status] === undefined ? 503 : status,
    message: 'as asked for',
  };
}

/** Bodies of Converse are limited to 20 MB as a whole (Bedrock quotas, 2026-11: own reading of the limit of a request). */
const MAX_BEDROCK_BYTES = 20 * 1024 * 1024;

function faultOfCall({ method, url, headers }: Http2ServerRequest, body: string): Exception | undefined {
  if (!/^AWS4-HMAC-SHA256 Credential=[^,]+\/bedrock\/aws4_request,/.test(headers.authorization ?? '')) {
    return { name: 'AccessDeniedException', status: 403, message: 'Missing Authentication Token' };
  }
  if (method !== 'POST' || !url.endsWith('/converse')) {
    return { name: 'UnknownOperationException', status: 404, message: `${method} ${url}` };
  }
  if (Buffer.byteLength(body) > MAX_BEDROCK_BYTES) return invalid('Input is too long for requested model.');
  return objectIn(body) === undefined ? invalid('The request body is not valid JSON.') : undefined;
}

function faultOfModel(model: string): Exception | undefined {
  try {
    modelOf('bedrock', model);
  } catch {
    return invalid('The provided model identifier is invalid.'); // the table has no such model
  }
  if (/^[a-z-]+\.anthropic\./.test(model)) return undefined;
  return invalid(
    `Invocation of model ID ${model} with on-demand throughput isn’t supported. Retry your request with the ID or ARN of an inference profile that contains this model.`,
  );
}

function faultOfConverse(
  model: string,
  { messages, inferenceConfig, outputConfig }: JsonObject,
): Exception | undefined {
  if (!Array.isArray(messages) || messages.length === 0) {
    return invalid(
      'A conversation must start with a user message. Try again with a conversation that starts with a user message.',
    );
  }
  const config: JsonObject = isJsonObject(inferenceConfig ?? null) ? Object(inferenceConfig) : {};
  const plain = model.replace(/^[a-z-]+\.(?=anthropic\.)/, '');
  if (('temperature' in config || 'topP' in config) && refusesSampling(plain)) {
    return invalid('The model returned the following errors: temperature and top_p are not supported for this model');
  }
  const most = config['maxTokens'];
  if (typeof most === 'number' && most > modelOf('bedrock', model).maxOutputTokens) {
    return invalid('The maximum tokens you requested exceeds the model limit.');
  }
  const open = openObject(schemaIn(outputConfig), 'schema');
  return open === undefined ? undefined : invalid(`The JSON schema is not supported: ${open}`);
}

function schemaIn(config: JsonValue | undefined): JsonValue | undefined {
  const text: unknown = Object(Object(Object(Object(config).textFormat).structure).jsonSchema).schema;
  return typeof text === 'string' ? objectIn(text) : undefined;
}

const invalid = (message: string): Exception => ({ name: 'ValidationException', status: 400, message });

function converseOf({ text, usage, stop }: Extract<Behaviour, { kind: 'answer' }>, body: string): JsonObject {
  const { input, output } = usage ?? { input: tokensOf(body), output: tokensOf(text) };
  return {
    metrics: { latencyMs: 1 },
    output: { message: { role: 'assistant', content: stop === 'refusal' ? [] : [{ text }] } },
    stopReason: stop === undefined ? 'end_turn' : stop === 'length' ? 'max_tokens' : 'content_filtered',
    usage: { inputTokens: input, outputTokens: output, totalTokens: input + output },
  };
}

function refuse(response: Http2ServerResponse, { name, status, message }: Exception): void {
  send(response, status, { message }, { 'x-amzn-errortype': name });
}

function send(
  response: Http2ServerResponse,
  status: number,
  document: JsonObject,
  headers: Record<string, string> = {},
): void {
  response.writeHead(status, { 'content-type': 'application/json', 'x-amzn-requestid': 'fake', ...headers });
  response.end(JSON.stringify(document));
}

function textOf(messages: JsonValue | undefined): string {
  const [first = null] = Array.isArray(messages) ? messages : [];
  return isJsonObject(first) ? textIn(first['content']) : '';
}

function textIn(blocks: JsonValue | undefined): string {
  if (!Array.isArray(blocks)) return '';
  return blocks
    .map((block) => (isJsonObject(block) && typeof block['text'] === 'string' ? block['text'] : ''))
    .join('');
}

async function bodyOf(request: Http2ServerRequest): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks).toString('utf8');
}
