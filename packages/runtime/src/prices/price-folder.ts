import { mkdirSync, readdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isJsonObject, type JsonObject, type JsonValue } from '@infrafabric/protocol';
import { z } from 'zod';
import { RuntimeError } from '../errors.ts';

/** The table that `prices update` wrote last, with all earlier ones in it; `undefined` when there is none. @throws RuntimeError `PRICE_TABLE_UNREADABLE`. */
export function readUpdatedPrices(home: string): JsonObject | undefined {
  const name = namesIn(folderOf(home)).at(-1);
  return name === undefined ? undefined : readTable(join(folderOf(home), name));
}

/** Writes a table under its date and gives its path; the file of the same day is replaced in one step. */
export function writeUpdatedPrices(home: string, table: JsonObject, today: string): string {
  const folder = folderOf(home);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const path = join(folder, `${today}.json`);
  const draft = `${path}.${process.pid}`;
  writeFileSync(draft, `${JSON.stringify(table, undefined, 1)}\n`, { mode: 0o600 });
  renameSync(draft, path);
  return path;
}

const folderOf = (home: string): string => join(home, 'prices');

const FILE_NAME = /^[0-9]{4}-[0-9]{2}-[0-9]{2}\.json$/;

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder)
      .filter((name) => FILE_NAME.test(name))
      .toSorted();
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
    throw error;
  }
}

/** All regions and services together have about 500,000 prices; 256 MiB is far above that. */
const MAX_TABLE_BYTES = 256 * 1024 * 1024;

const Decimals = z.string().regex(/^(0|[1-9][0-9]*)(\.[0-9]+)?$/);
const Table = z.strictObject({
  as_of: z.iso.date(),
  entries: z.record(
    z.string().max(200),
    z.looseObject({
      usd: Decimals,
      unit: z.string(),
      source: z.string(),
      as_of: z.iso.date(),
      from: Decimals.optional(),
    }),
  ),
});

function readTable(path: string): JsonObject {
  if (statSync(path).size > MAX_TABLE_BYTES) throw unreadable(path, 'too large');
  const text = readFileSync(path, 'utf8');
  try {
    const table: JsonValue = JSON.parse(text);
    Table.parse(table);
    if (isJsonObject(table)) return table;
    throw unreadable(path, 'not a price table');
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof z.ZodError) throw unreadable(path, 'not a price table');
    throw error;
  }
}

function unreadable(path: string, what: string): RuntimeError {
  return new RuntimeError('PRICE_TABLE_UNREADABLE', {
    message: `expected a price table, got a file that is ${what}`,
    where: path,
    fix: 'remove the file, then infrafabric prices update',
  });
}
