import { describe, expect, it } from 'vitest';
import { canonicalJson } from '@infrafabric/protocol';
import { anEvidenceId } from '../testing/index.ts';
import { PRICE_TABLE } from './dated-tables.ts';
import { quote } from './quote.ts';
import { openTable } from './table.ts';
import { Decimal, sum } from '../money.ts';
import { type GoldenLine, readGoldenLines } from './testing/golden-file.ts';
import { type GoldenUsage, usageOf } from './testing/golden-usage.ts';
import type { Entry } from '../model/rule.ts';

/**
 * The oracle: list-price lines that an independent tool printed from the AWS price list. The file rounds costs to cents, so a line is
 * reproduced when ours differs by at most half a cent; a line without a quantity when our unit price rounds to what it prints.
 *
 * Circularity: entries whose only source is the golden file itself (`source` names it and nobody confirms them) show that the engine
 * multiplies and tiers, not that the price is right. A line counts as independent only when every entry it uses has another source.
 */
const GOLDEN_SOURCE = 'infracost golden outputs';
const lines = readGoldenLines();
const prices = openTable(PRICE_TABLE, anEvidenceId('prices'));

interface Outcome {
  readonly line: GoldenLine;
  readonly reproduced: boolean;
  readonly independent: boolean;
  readonly got: string;
}

describe.skipIf(lines === undefined)('the golden lines (skipped: INFRAFABRIC_TEST_DATA has no data/prices)', () => {
  const read = (lines ?? []).map((line) => ({ line, asked: usageOf(line) }));
  const covered = read.flatMap(({ line, asked }) => (asked === undefined ? [] : [{ line, asked }]));
  const outcomes = covered.map(({ line, asked }) => outcomeOf(line, asked, covered));
  const withCost = outcomes.filter(({ line }) => line.quantity !== '');
  const missed = (of: readonly Outcome[]) => of.filter(({ reproduced }) => !reproduced).map(nameOf);

  it('are 1,323, of which 1,055 state a quantity and a cost', () => {
    expect([read.length, read.filter(({ line }) => line.quantity !== '').length]).toStrictEqual([1323, 1055]);
  });

  it('are covered and reproduced within rounding, the misses by name', () => {
    expect({
      with_cost: { covered: withCost.length, missed: missed(withCost) },
      price_only: {
        covered: outcomes.length - withCost.length,
        missed: missed(outcomes.filter(({ line }) => line.quantity === '')),
      },
    }).toStrictEqual(KNOWN);
  });

  it('are more than 600, and at least 99 % of those are reproduced', () => {
    expect(withCost.length).toBeGreaterThanOrEqual(600);
    expect(withCost.filter(({ reproduced }) => reproduced).length / withCost.length).toBeGreaterThanOrEqual(0.99);
  });

  it('rest on a source other than the golden file in this many cases', () => {
    const independent = withCost.filter((outcome) => outcome.independent);
    expect({
      covered: independent.length,
      reproduced: independent.filter(({ reproduced }) => reproduced).length,
    }).toStrictEqual(INDEPENDENT);
  });

  it('are not covered where the file does not say enough, or nothing is metered', () => {
    const names = read.filter(({ asked }) => asked === undefined).map(({ line }) => `${line.test}: ${line.component}`);
    expect([...new Set(names)].toSorted()).toStrictEqual(UNCOVERED);
  });
});

const KNOWN = {};
const INDEPENDENT = {};
const UNCOVERED: string[] = [];

function outcomeOf(
  line: GoldenLine,
  { usage, tiered }: GoldenUsage,
  covered: readonly { readonly line: GoldenLine; readonly asked: GoldenUsage }[],
): Outcome {
  // The lines of one resource that are tiers of one key state one quantity together.
  const tiers = tiered
    ? covered.filter(
        ({ line: other, asked }) => asked.tiered && other.siblings === line.siblings && asked.usage.key === usage.key,
      )
    : [];
  const quantity = tiered ? sum(tiers.map(({ asked }) => asked.usage.quantity)) : usage.quantity;
  const [component] = quote([{ ...usage, quantity }], prices).components;
  const part = component?.parts[tiered ? tiers.findIndex(({ line: other }) => other === line) : 0];
  if (component === undefined || part === undefined)
    return { line, reproduced: false, independent: false, got: 'no price' };
  const got = tiered ? part.usd : component.usd;
  const entries = tiered ? [part.entry] : component.parts.map(({ entry }) => entry);
  return { line, reproduced: agrees(line, got), independent: entries.every(isIndependent), got: got.toFixed() };
}

function agrees(line: GoldenLine, got: Decimal): boolean {
  const printed = line.quantity === '' ? line.unitPrice : line.usd;
  const decimals = line.quantity === '' ? (printed.split('.')[1] ?? '').length : 2;
  return got
    .minus(printed)
    .abs()
    .lessThanOrEqualTo(new Decimal(5).times(new Decimal(10).pow(-decimals - 1)));
}

const isIndependent = ({ value }: Entry) =>
  !canonicalJson(value['source'] ?? '').includes(GOLDEN_SOURCE) || value['confirmed_by'] !== undefined;

const nameOf = ({ line, got }: Outcome) =>
  `${line.test} ${line.resource} ${line.component}: ${line.quantity} costs ${line.usd || line.unitPrice}, got ${got}`;
