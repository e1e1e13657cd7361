import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';

/** One line of the golden outputs: what a component costs at which quantity, or only its unit price. */
export interface GoldenLine {
  readonly test: string;
  readonly region: string;
  readonly resource: string;
  readonly component: string;
  /** Empty when the line states only a unit price. */
  readonly quantity: string;
  readonly unit: string;
  /** Rounded to cents; empty when `quantity` is. */
  readonly usd: string;
  /** As printed for lines without a quantity (rounded); derived from the rounded cost otherwise. */
  readonly unitPrice: string;
  /** The lines of the same resource, in file order, itself included. */
  readonly siblings: readonly GoldenLine[];
}

const ROOT = resolve(import.meta.dirname, '../../../../..');
const FILE = resolve(
  ROOT,
  process.env['INFRAFABRIC_TEST_DATA'] ?? '../shared',
  'data/prices/infracost_aws_golden_prices.csv',
);

/** The lines of the golden file in file order; `undefined` when the test data is not there. */
export function readGoldenLines(): readonly GoldenLine[] | undefined {
  if (!existsSync(FILE)) return undefined;
  const [, ...records] = readFileSync(FILE, 'utf8').trim().split(/\r?\n/).map(cellsOf);
  const siblings = new Map<string, GoldenLine[]>();
  return records.map((cells) => {
    const line = lineOf(cells, siblings);
    (line.siblings as GoldenLine[]).push(line);
    return line;
  });
}

function lineOf(cells: readonly string[], siblings: Map<string, GoldenLine[]>): GoldenLine {
  const [test = '', region = '', resource = '', component = '', quantity = '', unit = '', usd = '', unitPrice = ''] =
    cells;
  const group = `${test} ${resource}`;
  const same = siblings.get(group) ?? [];
  siblings.set(group, same);
  return { test, region, resource, component, quantity, unit, usd, unitPrice, siblings: same };
}

/** The cells of one CSV record without line breaks in cells, which the file does not have. */
function cellsOf(record: string): readonly string[] {
  const cells = record.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g);
  return [...cells].map(([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain ?? '');
}
