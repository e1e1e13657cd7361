import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Readable } from 'node:stream';
import { type JsonObject, type JsonValue, isJsonObject } from '@infrafabric/protocol';

/** A request of the SDK, as far as a handler looks at it. */
interface HttpRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

/** What a request asked: the operation of a JSON protocol, or else method and path, and its body. */
export interface AskedRequest {
  readonly operation: string;
  readonly body: JsonValue;
}

/** A request handler of the SDK that answers each request with JSON, or with an error `{status, code}`. */
export function answering(answer: (asked: AskedRequest) => JsonObject | { readonly refused: string }): object {
  return {
    handle: async ({ method, path, headers, body }: HttpRequest) => {
      const text = typeof body === 'string' ? body : body instanceof Uint8Array ? new TextDecoder().decode(body) : '';
      const target = headers['x-amz-target']?.split('.').at(-1);
      const parsed: JsonValue = text === '' ? null : JSON.parse(text);
      const found = answer({ operation: target ?? `${method} ${path}`, body: parsed });
      if (typeof found['refused'] === 'string') return response(400, { __type: found['refused'], message: 'no' });
      return response(200, onWire(found));
    },
    destroy: () => {},
  };
}

function response(statusCode: number, document: JsonValue) {
  const body = Readable.from([new TextEncoder().encode(JSON.stringify(document))]);
  return { response: { statusCode, headers: { 'content-type': 'application/x-amz-json-1.1' }, body } };
}

/** Instants as the JSON protocols send them: seconds since 1970. Our recordings keep them as text with milliseconds. */
function onWire(value: JsonValue): JsonValue {
  if (Array.isArray(value)) return value.map(onWire);
  if (isJsonObject(value))
    return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, onWire(one ?? null)]));
  return typeof value === 'string' && /^\d{4}-\d\d-\d\dT[\d:]{8}\.\d{3}Z$/.test(value)
    ? Date.parse(value) / 1000
    : value;
}

const RECORDINGS = resolve(import.meta.dirname, '../live/collectors/__recordings__/111122223333');

/** A recording of our own: page `n` of an operation. */
export function recording(id: string, n = 1, region = 'us-east-1'): JsonObject {
  const value: JsonValue = JSON.parse(readFileSync(join(RECORDINGS, region, `${id}.${n}.json`), 'utf8'));
  if (!isJsonObject(value)) throw new Error(`expected an object in ${id}.${n}`);
  return value;
}
