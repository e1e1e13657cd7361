import { type JsonObject, type JsonValue, canonicalBytes, isJsonObject } from '@infrafabric/protocol';
import { decodeText } from '../text.ts';
import { parseJson } from './json-text.ts';
import { redactJson } from './redaction.ts';

/** What an answer file is: evidence to store, a call that failed, or JSON that is no answer. */
export type Answer =
  | { readonly kind: 'answer'; readonly bytes: Uint8Array; readonly redactions: number }
  | { readonly kind: 'failed'; readonly error_code: string }
  | { readonly kind: 'unused'; readonly reason: string };

/**
 * Reads one AWS answer: as found when it holds no secret, else the canonical JSON of what is left of it.
 *
 * @throws CollectError `INPUT_EMPTY`, `INPUT_ENCODING`, `INPUT_TRUNCATED`, `INPUT_TOO_DEEP`.
 */
export function readAnswer(
  bytes: Uint8Array,
  file: { readonly name: string; readonly operation: string; readonly maxDepth: number },
): Answer {
  const document = parseJson(decodeText(bytes, file.name), file.name, file.maxDepth);
  if (!isJsonObject(document)) return { kind: 'unused', reason: 'not a JSON object' };
  if (isError(document)) return { kind: 'failed', error_code: errorCode(document['error']) };
  const { value, redactions } = redactJson(document, file.operation);
  return { kind: 'answer', bytes: redactions === 0 ? bytes : canonicalBytes(value), redactions };
}

/** `{status, error}` and nothing else, with an HTTP status that is not a success. */
function isError(document: JsonObject): boolean {
  const { status, error } = document;
  return typeof status === 'number' && status >= 300 && isJsonObject(error) && Object.keys(document).length === 2;
}

function errorCode(error: JsonValue | undefined): string {
  if (!isJsonObject(error)) return 'Unknown';
  const inner = isJsonObject(error['Error']) ? error['Error'] : error;
  return errorCodeOf(inner['Code'] ?? inner['code'] ?? inner['name'] ?? inner['__type']);
}

/** The code in a text such as `AccessDeniedException` or `com.amazon#AccessDeniedException: ...`; else `Unknown`. */
export function errorCodeOf(value: JsonValue | undefined): string {
  if (typeof value !== 'string') return 'Unknown';
  return /^(?:[A-Za-z0-9_.-]{1,128}#)?([A-Za-z][A-Za-z0-9_.-]{0,127})/.exec(value)?.[1] ?? 'Unknown';
}
