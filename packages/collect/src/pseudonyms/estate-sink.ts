import { type JsonObject, type JsonValue, canonicalJson, isJsonObject } from '@infrafabric/protocol';
import type { LiveSink } from '../live/collect-place.ts';
import type { Handles } from './handles.ts';
import { pseudonymise, pseudonymiseSeries } from './pseudonymise.ts';

/** Replaces names in every file of an estate, and in the names of the files, before they reach `sink`. */
export function pseudonymousSink(sink: LiveSink, handles: Handles): LiveSink {
  return (name, bytes) => sink(fileName(name, handles), new TextEncoder().encode(textOf(name, bytes, handles)));
}

function textOf(name: string, bytes: Uint8Array, handles: Handles): string {
  const text = new TextDecoder().decode(bytes);
  const basename = name.slice(name.lastIndexOf('/') + 1);
  if (basename.startsWith('metrics.ndjson')) return lines(text, (line) => pseudonymiseSeries(line, handles));
  if (basename.startsWith('requests.ndjson')) return lines(text, (line) => request(line, handles));
  return canonicalJson(pseudonymise(objectIn(text), handles));
}

function request(line: JsonObject, handles: Handles): JsonObject {
  const { file, input, ...rest } = line;
  return {
    ...rest,
    ...(isJsonObject(input) ? { input: pseudonymise(input, handles) } : {}),
    file: typeof file === 'string' ? fileName(file, handles) : null,
  };
}

/** `<account>/<region>/<file>`: the account is replaced. */
const fileName = (name: string, handles: Handles): string =>
  name.replace(/^\d{12}(?=\/)/, (account) => handles.account(account));

function lines(text: string, replaced: (line: JsonObject) => JsonObject): string {
  return text
    .split('\n')
    .map((line) => (line.trim() === '' ? line : canonicalJson(replaced(objectIn(line)))))
    .join('\n');
}

/** Files of a collection are objects; anything else has no name to say. */
function objectIn(text: string): JsonObject {
  const value: JsonValue = JSON.parse(text);
  return isJsonObject(value) ? value : {};
}
