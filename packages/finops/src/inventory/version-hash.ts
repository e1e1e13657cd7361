import { type JsonValue, canonicalJson, isJsonObject, sha256Hex } from '@infrafabric/protocol';

/** The sha256 (hex) of an item's canonical JSON: two answers with one hash say the same; `undefined` for text that canonical JSON cannot carry (lone surrogates). */
export function versionHash(item: JsonValue | undefined): string | undefined {
  if (!isJsonObject(item)) return undefined;
  try {
    return sha256Hex(canonicalJson(item));
  } catch (cause) {
    if (cause instanceof Error) return undefined;
    throw cause;
  }
}
