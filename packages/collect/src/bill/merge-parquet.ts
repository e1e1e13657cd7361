import { DAY_MS, type InputFile } from '@infrafabric/finops';
import type { Database, Rows } from '../duckdb.ts';
import { sqlText } from '../duckdb.ts';
import { noRows } from '../csv.ts';
import type { ParquetShape } from '../parquet.ts';
import { billHeader } from './bill-check.ts';
import { type BillFile, fileHash } from './bill-file.ts';
import { type MergedBill, REPEAT_MARK } from './bill-merger.ts';
import { billedColumns } from './bill-totals.ts';
import type { Destination } from './destination.ts';
import { type Place, placesOf } from './field-places.ts';
import { fieldsOf, KEY_SEPARATOR } from './merge-key.ts';
import { MERGED_MAX_LINES, MergedPart } from './merged-part.ts';
import { ParquetSql } from './parquet-sql.ts';
import { type ParquetSurvey, surveyParquet } from './parquet-survey.ts';
import { storeMerged } from './store-merged.ts';

/** An open Parquet file. */
export interface OpenParquet {
  readonly database: Database;
  readonly shape: ParquetShape;
}

/**
 * Merges the lines of a Parquet bill of any size in DuckDB, out of core; the file itself stays where it is.
 *
 * A double counts as the decimal of 15 places nearest to it. Beyond the limit of lines the dearest resources are told apart.
 * @throws CollectError as `readBill`.
 */
export async function mergeParquet(file: BillFile, open: OpenParquet, to: Destination): Promise<InputFile> {
  const merged = await mergedParquet(file, open);
  return storeMerged(file, { merged, sha256: await fileHash(file) }, to);
}

async function mergedParquet(file: BillFile, { database, shape }: OpenParquet): Promise<MergedBill> {
  const columns = shape.columns.map((column) => column.name);
  const header = billHeader(columns, file.name);
  const at = placesOf(columns, header, billedColumns(header));
  const sql = new ParquetSql(shape, header, at);
  const survey = await surveyParquet(database, sql, file);
  if (survey.lines === 0) throw noRows(file.name);
  const merge: Merge = { database, sql, survey, path: file.path };
  const [always, byDay] = [at.always, at.byDay];
  const days = await mergedRows(merge, {
    keys: [...always, ...byDay],
    droppable: Math.max(0, byDay.length - 1),
    isByDay: true,
  });
  const resource = at.resource === undefined ? [] : [...always, at.resource];
  const resources = await mergedRows(merge, { keys: resource, droppable: 0, isByDay: false });
  const touched = await touchedDays(merge);
  return {
    header,
    lines: survey.lines,
    byDay: days,
    byResource: resources,
    daysOf: ({ keys }) => touched.get(keys.at(-1) ?? '') ?? 1,
    billed: survey.billed,
  };
}

interface Merge {
  readonly database: Database;
  readonly sql: ParquetSql;
  readonly survey: ParquetSurvey;
  readonly path: string;
}

interface Wanted {
  readonly keys: readonly Place[];
  readonly droppable: number;
  readonly isByDay: boolean;
}

async function mergedRows(merge: Merge, wanted: Wanted): Promise<MergedPart> {
  const { sums } = merge.sql.at;
  const part = new MergedPart({
    keys: wanted.keys.map((place) => place.name),
    sums: sums.map((place) => place.name),
    droppable: wanted.droppable,
  });
  if (wanted.keys.length === 0) return part;
  const places = wanted.keys.map((_, index) => index);
  for await (const rows of merge.database.stream(groupSql(merge, wanted))) addRows(part, places, rows);
  return part;
}

/** Every row: the keys, the period, the marks, how many lines, how many of them zeroed, then the sums as text. */
function addRows(part: MergedPart, places: readonly number[], rows: Rows): void {
  for (const row of rows) {
    const fields = fieldsOf(row.slice(0, places.length).map(String).join(KEY_SEPARATOR));
    const [from, to, marks, lines, zeroed] = row.slice(places.length).map(Number);
    const key = { from: from ?? 0, to: to ?? -1, marks: marks ?? 0 };
    const group = part.group(fields, places, key);
    part.count(group, { lines: (lines ?? 1) - 1, zeroed: zeroed ?? 0 });
    for (const [column, sum] of row.slice(places.length + 5).entries()) {
      const text = String(sum);
      part.add(group, column, { text, start: 0, end: text.length });
    }
  }
}

function groupSql({ sql, survey, path }: Merge, { keys, isByDay }: Wanted): string {
  const { at } = sql;
  const [from, to] = [sql.instant(at.start), `coalesce(${sql.instant(at.end)}, ${sql.instant(at.start)})`];
  const marks = at.sums
    .map((place, bit) => `CASE WHEN ${sql.isPresent(place)} THEN ${1 << bit} ELSE 0 END`)
    .join(' + ');
  const inner = [
    ...keys.map((place, index) => `${sql.key(place)} AS k${index}`),
    `${from} AS from_ms`,
    `${to} AS to_ms`,
    `${marks} + ${survey.repeats > 0 ? `CASE WHEN ${repeatSql(sql)} THEN ${REPEAT_MARK} ELSE 0 END` : '0'} AS marks`,
    ...at.sums.map((place, index) => `${sql.number(place)} AS n${index}`),
    `${zeroedSql(sql)} AS is_zeroed`,
  ];
  const isDay = `to_ms <= (from_ms // ${DAY_MS} + 1) * ${DAY_MS} AND to_ms > from_ms`;
  const period = isByDay
    ? `CASE WHEN ${isDay} THEN from_ms // ${DAY_MS} ELSE from_ms END AS f, CASE WHEN ${isDay} THEN -1 ELSE to_ms END AS t`
    : '0 AS f, -1 AS t';
  const sums = at.sums.map((_, index) => `coalesce(sum(n${index}), 0)::VARCHAR`);
  const names = keys.map((_, index) => `k${index}`);
  const rows = `SELECT ${inner.join(', ')} FROM read_parquet(${sqlText(path)}, file_row_number = true)`;
  const counts = 'count(*) AS lines, count(*) FILTER (is_zeroed) AS zeroed';
  const grouped = `SELECT ${[...names, period, 'marks', counts, ...sums].join(', ')} FROM (${rows})`;
  const group = `GROUP BY ${[...names, 'f', 't', 'marks'].join(', ')}`;
  if (isByDay) return `${grouped} ${group}`;
  const dearest = `ORDER BY abs(coalesce(sum(n0), 0)) DESC, ${names.join(', ')}, marks LIMIT ${MERGED_MAX_LINES}`;
  return `${grouped} WHERE k${keys.length - 1} <> '' AND marks < ${REPEAT_MARK} ${group} ${dearest}`;
}

/** Whether a line was billed and cost nothing effectively; only FOCUS has both columns. */
function zeroedSql(sql: ParquetSql): string {
  const place = (name: string): Place | undefined => sql.at.sums.find((one) => one.name === name);
  const [billed, effective] = [place('BilledCost'), place('EffectiveCost')];
  if (billed === undefined || effective === undefined) return 'false';
  return `(${sql.number(billed)} > 0 AND coalesce(${sql.number(effective)} = 0, false))`;
}

function repeatSql(sql: ParquetSql): string {
  const identity = sql.at.identity.map((place) => sql.key(place));
  const [id = "''"] = identity;
  return `${id} <> '' AND row_number() OVER (PARTITION BY ${identity.join(', ')} ORDER BY file_row_number) > 1`;
}

/** More days than bits fit a number of 127. */
const BITS = 120;

/** How many days (UTC) usage touches, by resource. */
async function touchedDays({ database, sql, survey, path }: Merge): Promise<ReadonlyMap<string, number>> {
  const { resource, start, end } = sql.at;
  if (resource === undefined) return new Map();
  const first = `(${sql.instant(start)} // ${DAY_MS})`;
  const next = `greatest(${first} + 1, (${sql.instant(end)} + ${DAY_MS - 1}) // ${DAY_MS})`;
  const lines = `SELECT ${sql.key(resource)} AS id, ${first} AS d, ${next} AS e FROM read_parquet(${sqlText(path)}) WHERE ${sql.isUsage()}`;
  const bits = `bit_count(bit_or(((1::HUGEINT << (e - d)::INT) - 1) << (d - ${survey.firstDay})::INT))`;
  const fits = survey.lastDay - survey.firstDay <= BITS;
  const query = fits
    ? `SELECT id, ${bits} FROM (${lines}) WHERE id <> '' GROUP BY id`
    : `SELECT id, count(DISTINCT day) FROM (SELECT id, unnest(range(d, e)) AS day FROM (SELECT DISTINCT * FROM (${lines})) WHERE id <> '') GROUP BY id`;
  const days = new Map<string, number>();
  for await (const rows of database.stream(query)) for (const [id, count] of rows) days.set(String(id), Number(count));
  return days;
}
