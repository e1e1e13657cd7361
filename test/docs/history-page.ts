import { HISTORY_TABLES, type HistoryTable } from '@infrafabric/protocol';
import { table } from './table.ts';

/** docs/history.md, from the definitions of the tables. */
export function historyPage(): string {
  return `${[HEAD, ...Object.entries(HISTORY_TABLES).map(([name, one]) => section(name, one))].join('\n\n')}\n`;
}

const HEAD = `# History

<!-- Made from the definitions of the tables by \`pnpm docs:write\`. Change those. -->

\`analyze\` keeps what it read and found in \`INFRAFABRIC_HOME/history\`, one Parquet file a report and table; \`infrafabric history\`
shows it, and anything that reads Parquet can too. \`demo\` keeps nothing; \`INFRAFABRIC_HISTORY=off\` turns it off. It needs DuckDB:
without it an analysis says so in one line and is otherwise the same.

Of two snapshots that speak about the same scope (below), the later one counts, whole: an analysis that is run again doubles
nothing. \`infrafabric history\` and \`--sql\` see only rows that count; a file on its own also has older ones, and rows that only mark
a scope as looked at. Amounts are exact decimals with twelve places, days are UTC.`;

function section(name: string, { columns, scope, identity }: HistoryTable): string {
  return [
    `## ${name}`,
    `Scope: ${scope.join(', ')}. With it, a row is told apart by: ${identity.join(', ')}.`,
    table(
      ['column', 'type', 'what'],
      columns.map((column) => [column.name, column.type, column.what]),
    ),
  ].join('\n\n');
}
