import { SHAPES } from '@infrafabric/finops';
import type { Collector } from './collector.ts';

/** The page `docs/collectors.md`: every operation a live collection asks, with what it needs, costs and serves. */
export function collectorsPage(collectors: readonly Collector[]): string {
  const clients = new Set(collectors.map((one) => one.client));
  const sorted = collectors.toSorted((a, b) => (a.id < b.id ? -1 : 1));
  return [
    '# Collectors',
    '',
    `A live collection asks ${collectors.length} read operations of ${clients.size} AWS services. This page is generated from`,
    'what the collectors declare; a test fails when it differs. To write it again: `vitest run collectors-page -u`.',
    '',
    '- **Scope**: `region` is asked in every region of the run, a region name once for the account.',
    '- **Charge**: what AWS asks for a request, in USD, at its upper bound; free allowances are not taken off.',
    '- **Asked**: once or a few times, or for each thing that the named operations list, at most so many.',
    '- **Read as**: the kind of resource the inventory makes of the answer; `-` is kept as evidence and read by nobody yet.',
    '',
    ...table([HEAD, ...sorted.map(rowOf)]),
    '',
  ].join('\n');
}

const HEAD = ['Operation', 'IAM actions', 'Scope', 'Charge', 'Asked', 'Read as', 'Serves'];

function rowOf(one: Collector): string[] {
  const kinds = (SHAPES[one.client]?.[one.operation] ?? []).map((shape) => shape.type);
  return [
    `\`${one.id}\``,
    one.iam.map((action) => `\`${action}\``).join(' '),
    one.scope === 'region' ? 'region' : one.scope.global,
    one.usdPerRequest ?? '-',
    askedText(one),
    [...new Set(kinds)].join(', ') || '-',
    one.serves ?? '-',
  ];
}

function askedText({ after, inputs, maxInputs }: Collector): string {
  if (after.length > 0) return `for each of ${after.map((id) => `\`${id}\``).join(', ')}, at most ${maxInputs}`;
  const times = inputs({ account: '', region: '', today: '2026-11-20', days: 30, answers: () => [] }).length;
  return times === 1 ? 'once' : `${times} times`;
}

const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;

function table(rows: readonly (readonly string[])[]): string[] {
  const [head = [], ...body] = rows;
  return [line(head), line(head.map(() => '---')), ...body.map(line)];
}
