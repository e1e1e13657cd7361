import { HISTORY_TABLES, type HistoryTable, type HistoryTableName, type HistoryType } from '@infrafabric/protocol';

/** Every table, in the order of the documentation. */
export const TABLE_NAMES: readonly HistoryTableName[] = [
  'cost_metrics',
  'resource_metrics',
  'optimization_opportunities',
];

const TYPES: Readonly<Record<HistoryType, string>> = {
  day: 'DATE',
  instant: 'TIMESTAMP',
  text: 'VARCHAR',
  amount: 'DECIMAL(38, 12)',
  number: 'BIGINT',
};

/** A text in SQL. */
export const sqlText = (text: string): string => `'${text.replaceAll("'", "''")}'`;

/** The columns of a table as `read_json` is told them. */
export function jsonColumns(name: HistoryTableName): string {
  const columns = tableOf(name).columns.map(({ name: column, type }) => `${column}: '${TYPES[type]}'`);
  return `{${columns.join(', ')}}`;
}

/** The rows of Parquet files that count: the latest snapshot of each scope, each row once, without markers. */
export function currentRows(name: HistoryTableName, files: readonly string[]): string {
  const { columns, scope, identity } = tableOf(name);
  if (files.length === 0) {
    const empty = columns.map(({ name: column, type }) => `NULL::${TYPES[type]} AS ${column}`);
    return `SELECT ${empty.join(', ')} WHERE false`;
  }
  return [
    `SELECT * FROM (${everyRow(name, files)})`,
    `WHERE ${identity[0]} IS NOT NULL ORDER BY ${[...scope, ...identity].join(', ')}`,
  ].join(' ');
}

/** The same with markers, as compaction keeps it. */
export function everyRow(name: HistoryTableName, files: readonly string[]): string {
  const { columns, scope, identity } = tableOf(name);
  const list = files.map(sqlText).join(', ');
  const latest = '(recorded_at, report)';
  return [
    `SELECT ${columns.map((column) => column.name).join(', ')} FROM read_parquet([${list}])`,
    `QUALIFY ${latest} = max(${latest}) OVER (PARTITION BY ${scope.join(', ')})`,
    `AND row_number() OVER (PARTITION BY ${[...scope, ...identity, 'recorded_at', 'report'].join(', ')}) = 1`,
  ].join(' ');
}

/** Cells as text: days and instants in ISO 8601, amounts without trailing zeros. */
export function textCells(name: HistoryTableName): string {
  const cells = tableOf(name).columns.map(({ name: column, type }) => {
    if (type === 'instant') return `strftime(${column}, '%Y-%m-%dT%H:%M:%S.%gZ') AS ${column}`;
    if (type === 'amount') return `rtrim(rtrim(${column}::VARCHAR, '0'), '.') AS ${column}`;
    return `${column}::VARCHAR AS ${column}`;
  });
  return cells.join(', ');
}

const tableOf = (name: HistoryTableName): HistoryTable => HISTORY_TABLES[name];
