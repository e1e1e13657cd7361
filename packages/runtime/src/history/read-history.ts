import {
  HISTORY_TABLES,
  type HistoryRange,
  type HistoryRows,
  type HistoryTableName,
  nearestWord,
} from '@infrafabric/protocol';
import type { Config } from '../config/config.ts';
import { RuntimeError } from '../errors.ts';
import { historyFolder } from './keep-history.ts';

/** What a person asks the history: a table and days of it, or a query. */
export interface HistoryQuestion {
  readonly table?: string | undefined;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly sql?: string | undefined;
}

/**
 * Answers from the history of the data folder; without a table or a query, how much each table holds.
 *
 * @throws RuntimeError `HISTORY_QUESTION_INVALID`; StoreError `QUERY_INVALID`, `DUCKDB_MISSING`.
 */
export async function readHistory(config: Config, asked: HistoryQuestion): Promise<HistoryRows> {
  const { parquetHistory } = await import('@infrafabric/store');
  const history = parquetHistory(historyFolder(config.home));
  if (asked.sql !== undefined) return history.query(asked.sql);
  return asked.table === undefined ? history.query(OVERVIEW) : history.read(rangeOf(asked));
}

const NAMES = Object.keys(HISTORY_TABLES);

const OVERVIEW = NAMES.map(
  (name) =>
    `SELECT '${name}' AS table_name, count(*) AS rows, min(day)::VARCHAR AS first_day, max(day)::VARCHAR AS last_day FROM ${name}`,
).join(' UNION ALL ');

function rangeOf({ table = '', from, to }: HistoryQuestion): HistoryRange {
  if (!isTable(table)) {
    const nearest = nearestWord(table, NAMES);
    throw new RuntimeError('HISTORY_QUESTION_INVALID', {
      message: `no table of the history is called "${table.slice(0, 60)}"`,
      fix: nearest === undefined ? `choose from ${NAMES.join(', ')}` : `did you mean ${nearest}?`,
    });
  }
  const bad = [from, to].find((day) => day !== undefined && !/^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/.test(day));
  if (bad === undefined) return { table, from, to };
  throw new RuntimeError('HISTORY_QUESTION_INVALID', {
    message: `expected a date such as 2026-11-20, got "${bad.slice(0, 40)}"`,
    where: '--from, --to',
    fix: 'give year, month and day',
  });
}

const isTable = (name: string): name is HistoryTableName => NAMES.includes(name);
