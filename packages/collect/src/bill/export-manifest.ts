import { readFile, stat } from 'node:fs/promises';
import { isJsonObject, type JsonObject, type JsonValue } from '@infrafabric/protocol';
import { CollectError } from '../errors.ts';
import { printableName } from '../estate/file-name.ts';
import type { ExportFile } from './current-files.ts';
import { periodOf } from './snapshot.ts';

/** What a manifest of AWS says that matters here: the keys of the files, of which period, and where it stands itself. */
export interface ExportManifest {
  readonly name: string;
  readonly period: string;
  /** Keys in the bucket, without `s3://bucket/`. */
  readonly keys: readonly string[];
}

/** A manifest lists files and columns; none is near this size. */
const MAX_BYTES = 8 * 1024 * 1024;

/** Whether a file is a manifest of an export by its name: `<export>-Manifest.json`. */
export const isManifest = (name: string): boolean => /manifest\.json$/i.test(name);

/**
 * Reads a manifest of Data Exports (`dataFiles`) or of a Cost and Usage Report (`reportKeys`); `undefined` for another JSON.
 *
 * @throws CollectError `INPUT_TOO_LARGE`, `INPUT_TRUNCATED` for text that is not JSON.
 */
export async function readManifest({ path, name }: ExportFile): Promise<ExportManifest | undefined> {
  const { size } = await stat(path);
  if (size > MAX_BYTES) throw refusal('INPUT_TOO_LARGE', name, `at most ${MAX_BYTES} bytes`, `${size}`);
  const document = jsonOf(await readFile(path, 'utf8'), name);
  const files = isJsonObject(document) ? (document['dataFiles'] ?? document['reportKeys']) : undefined;
  if (!isJsonObject(document) || !Array.isArray(files)) return undefined;
  const keys = files.filter((key) => typeof key === 'string').map((key) => key.replace(/^s3:\/\/[^/]+\//, ''));
  return { name, keys, period: periodIn(name, document) };
}

function jsonOf(text: string, name: string): JsonValue {
  try {
    const value: JsonValue = JSON.parse(text.replace(/^\ufeff/, ''));
    return value;
  } catch {
    throw refusal('INPUT_TRUNCATED', name, 'a manifest as JSON', 'text that ends early or is no JSON');
  }
}

/** From the folders it stands in, else from what it says; one export without either is one period. */
function periodIn(name: string, { billingPeriod }: JsonObject): string {
  const fromFolder = name
    .split('/')
    .map(periodOf)
    .find((period) => period !== undefined);
  if (fromFolder !== undefined) return fromFolder;
  const start = isJsonObject(billingPeriod) ? billingPeriod['start'] : undefined;
  return typeof start === 'string' ? start.replaceAll('-', '').slice(0, 6) : '';
}

function refusal(
  code: 'INPUT_TOO_LARGE' | 'INPUT_TRUNCATED',
  name: string,
  expected: string,
  got: string,
): CollectError {
  return new CollectError(code, {
    message: `expected ${expected}, got ${got}`,
    where: printableName(name),
    fix: 'download the manifest again',
  });
}
