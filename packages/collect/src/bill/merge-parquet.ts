import { DAY_MS } from '@infrafabric/finops';
import type { Database } from '../duckdb.ts';
import { sqlText } from '../duckdb.ts';
import { noRows } from '../csv.ts';
import { billHeader } from './bill-check.ts';
import { type BillFile, fileHash } from './bill-file.ts';
import type { MergedBill } from './bill-merger.ts';
import { billedColumns } from './bill-totals.ts';
import type { Destination, ReadBill } from './destination.ts';
import { placesOf } from './field-places.ts';
import { MAX_DAYS_AS_BITS, ParquetGroups } from './parquet-groups.ts';
import { ParquetSql } from './parquet-sql.ts';
import { type OpenParquet, watchParquet } from './parquet-watch.ts';
import { type ParquetSurvey, surveyParquet } from './parquet-survey.ts';
import { storeMerged } from './store-merged.ts';

/**
 * Merges the lines of a Parquet bill of any size in DuckDB, out of core; the file itself stays where it is.
 *
 * A double counts as the decimal of 15 places nearest to it. Beyond the limit of lines the dearest resources are told apart.
 * @throws CollectError as `readBill`.
 */
export async function mergeParquet(file: BillFile, open: OpenParquet, to: Destination): Promise<ReadBill> {
  const hashed = fileHash(file);
  const [merged, sha256] = await Promise.all([mergedParquet(file, open, to.maxLines), hashed]);
  const input = await storeMerged(file, { merged, sha256 }, to);
  return { input, ...(await watchParquet(file, open, to.memory)) };
}

async function mergedParquet(file: BillFile, { database, shape }: OpenParquet, maxLines?: number): Promise<MergedBill> {
  const columns = shape.columns.map((column) => column.name);
  const header = billHeader(columns, file.name);
  const at = placesOf(columns, header, billedColumns(header));
  const sql = new ParquetSql(shape, header, at);
  const survey = await surveyParquet(database, sql, file);
  if (survey.lines === 0) throw noRows(file.name);
  const groups = new ParquetGroups({ database, sql, survey, path: file.path }, maxLines);
  const byDay = await groups.byDay();
  const { byResource, beyond, days } = await groups.byResource();
  const touched = fitsBits(survey) ? days : await touchedDays({ database, sql, path: file.path });
  return {
    header,
    lines: survey.lines,
    byDay,
    byResource,
    beyond,
    daysOf: ({ keys }) => Math.max(1, touched.get(keys.at(-1) ?? '') ?? 1),
    billed: survey.billed,
  };
}

const fitsBits = ({ firstDay, lastDay }: ParquetSurvey): boolean => lastDay - firstDay <= MAX_DAYS_AS_BITS;

/** How many days (UTC) usage touches, by resource, where they are too many to be bits of one number. */
async function touchedDays({
  database,
  sql,
  path,
}: {
  readonly database: Database;
  readonly sql: ParquetSql;
  readonly path: string;
}): Promise<ReadonlyMap<string, number>> {
  const { resource, start, end } = sql.at;
  if (resource === undefined) return new Map();
  const first = `(${sql.instant(start)} // ${DAY_MS})`;
  const next = `greatest(${first} + 1, (${sql.instant(end)} + ${DAY_MS - 1}) // ${DAY_MS})`;
  const lines = `SELECT DISTINCT ${sql.key(resource)} AS id, ${first} AS d, ${next} AS e FROM read_parquet(${sqlText(path)}) WHERE ${sql.isUsage()}`;
  const query = `SELECT id, count(DISTINCT day) FROM (SELECT id, unnest(range(d, e)) AS day FROM (${lines}) WHERE id <> '') GROUP BY id`;
  const days = new Map<string, number>();
  for await (const rows of database.stream(query)) for (const [id, count] of rows) days.set(String(id), Number(count));
  return days;
}
