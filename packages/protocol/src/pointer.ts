import { isJsonObject, type JsonValue } from './json.ts';

/** Joins reference tokens into an RFC 6901 JSON Pointer: `['Volumes', 0]` is `/Volumes/0`. */
export function jsonPointer(tokens: readonly (string | number)[]): string {
  return tokens.map((token) => `/${String(token).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}

/** What an RFC 6901 JSON Pointer points at, or `undefined` when nothing is there. Never follows inherited members. */
export function resolvePointer(document: JsonValue, pointer: string): JsonValue | undefined {
  if (pointer === '') return document;
  if (!pointer.startsWith('/')) return undefined;
  let current: JsonValue | undefined = document;
  for (const raw of pointer.slice(1).split('/')) {
    const token = raw.replaceAll('~1', '/').replaceAll('~0', '~');
    current = step(current, token);
    if (current === undefined) return undefined;
  }
  return current;
}

function step(value: JsonValue | undefined, token: string): JsonValue | undefined {
  if (Array.isArray(value)) return /^(0|[1-9][0-9]*)$/.test(token) ? value[Number(token)] : undefined;
  return isJsonObject(value) && Object.hasOwn(value, token) ? value[token] : undefined;
}
