import type { JsonObject, JsonValue } from '@infrafabric/protocol';

/**
 * An answer or input of the SDK as JSON: dates in ISO 8601 Z, bytes in base64, `$metadata` and absent members left out.
 *
 * Numbers that JSON does not have become their name as text. A stream is never read: it becomes null.
 */
export function sdkJson(output: object): JsonObject {
  const { $metadata: _, ...members } = output as { $metadata?: unknown };
  return objectOf(members);
}

function objectOf(value: object): JsonObject {
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, child]) => child !== undefined && typeof child !== 'function')
      .map(([name, child]) => [name, valueOf(child)]),
  );
}

function valueOf(value: unknown): JsonValue {
  if (typeof value === 'string' || typeof value === 'boolean' || value === null || value === undefined)
    return value ?? null;
  if (typeof value === 'number') return Number.isFinite(value) ? value : String(value);
  if (typeof value === 'bigint') return value.toString();
  if (Array.isArray(value)) return value.map(valueOf);
  return typeof value === 'object' ? fromObject(value) : null;
}

function fromObject(value: object): JsonValue {
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? null : value.toISOString();
  if (value instanceof Uint8Array) return Buffer.from(value).toString('base64');
  if (value instanceof Set) return [...value].map(valueOf);
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null ? objectOf(value) : streamOrObject(value);
}

/** Answers of the SDK are plain; classes among them are streams, JSON in text (`LazyJsonString`) and number wrappers (`NumericValue`). */
function streamOrObject(value: object): JsonValue {
  const inner: unknown = value.valueOf();
  if (typeof inner === 'string') return inner;
  const text: unknown = Reflect.get(value, 'string');
  return typeof text === 'string' ? text : null;
}
