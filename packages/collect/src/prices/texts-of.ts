import { type JsonValue, isJsonObject } from '@infrafabric/protocol';

/** The members of an object that are texts; of anything else none. */
export function textsOf(value: JsonValue | undefined): Readonly<Record<string, string>> {
  const members = Object.entries(isJsonObject(value) ? value : {});
  return Object.fromEntries(members.flatMap(([name, member]) => (typeof member === 'string' ? [[name, member]] : [])));
}
