import { type JsonObject, isJsonObject } from '@infrafabric/protocol';

/** A non-empty string member of an AWS answer's item. */
export function textOf(item: JsonObject, member: string): string | undefined {
  const value = item[member];
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** An object member of an AWS answer's item; an empty object when it is absent. */
export function partOf(item: JsonObject, member: string): JsonObject {
  const value = item[member];
  return isJsonObject(value) ? value : {};
}
