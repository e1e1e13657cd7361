import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { BILL_DERIVATIONS, Decimal } from '@infrafabric/finops';
import type { CsvTable } from '@infrafabric/protocol';
import { sharedData } from '@infrafabric/protocol/testing';
import { describe, expect, test } from 'vitest';
import { parseCsv } from '../csv.ts';
import { sqlName, sqlText, withDuckDb } from '../duckdb.ts';

const data = sharedData('data/bills', process.env);
const SAMPLE = 'focus/focus_1.0_sample_1000.csv';
const REPORT = 'cur/aws_cur_anonymous_export_dataset.csv';

/** A cell as an exact number, as somebody would write it by hand. */
const number = (column: string): string =>
  `CAST(nullif(nullif(regexp_replace(${sqlName(column)}, '[$, ]', '', 'g'), ''), 'NULL') AS DECIMAL(38, 15))`;

/** Hand-written totals by cost column: FOCUS as it stands, a report as FOCUS means its columns. */
const FOCUS_TOTALS = {
  ListCost: `sum(${number('ListCost')})`,
  ContractedCost: `sum(${number('ContractedCost')})`,
  EffectiveCost: `sum(${number('EffectiveCost')})`,
  BilledCost: `sum(${number('BilledCost')})`,
};
const UNBLENDED = number('lineItem/UnblendedCost');
const REPORT_TOTALS = {
  ListCost: `sum(CASE "lineItem/LineItemType" WHEN 'SavingsPlanNegation' THEN 0 ELSE ${number('pricing/publicOnDemandCost')} END)`,
  ContractedCost: `sum(CASE "lineItem/LineItemType" WHEN 'SavingsPlanNegation' THEN 0
    WHEN 'DiscountedUsage' THEN ${number('pricing/publicOnDemandCost')} ELSE ${UNBLENDED} END)`,
  EffectiveCost: `sum(CASE "lineItem/LineItemType" WHEN 'SavingsPlanNegation' THEN 0 WHEN 'SavingsPlanUpfrontFee' THEN 0
    WHEN 'DiscountedUsage' THEN ${number('reservation/EffectiveCost')} ELSE ${UNBLENDED} END)`,
  BilledCost: `sum(${UNBLENDED})`,
};

async function bySql(path: string, totals: Readonly<Record<string, string>>): Promise<Record<string, string>> {
  return withDuckDb(path, path, async (database) => {
    const [row = []] = await database.all(
      `SELECT ${Object.values(totals)
        .map((total) => `coalesce(${total}, 0)::VARCHAR`)
        .join(
          ', ',
        )} FROM read_csv(${sqlText(path)}, all_varchar = true, header = true, delim = ',', quote = '"', strict_mode = false)`,
    );
    return Object.fromEntries(
      Object.keys(totals).map((column, index) => [column, new Decimal(String(row[index])).toFixed()]),
    );
  });
}

function ours(table: CsvTable, columns: readonly string[]): Record<string, string> {
  const sum = BILL_DERIVATIONS.find((one) => one.id === 'finops/bill-sum@1')!;
  return Object.fromEntries(
    columns.map((column) => [column, new Decimal(sum.compute([table], { column, filter: {} })).toFixed()]),
  );
}

const examples = (): string[] =>
  data.missing
    ? []
    : readdirSync(join(data.path, 'focus/spec_examples'), { recursive: true, encoding: 'utf8' })
        .filter((name) => name.endsWith('.csv'))
        .map((name) => `focus/spec_examples/${name}`)
        .sort();

describe.skipIf(data.missing)(`totals by SQL over the file are ours, to the last digit${data.note}`, () => {
  test.each([SAMPLE, ...examples()])('%s', async (name) => {
    const path = resolve(data.path, name);
    const table = parseCsv(readFileSync(path));
    const totals = Object.fromEntries(
      Object.entries(FOCUS_TOTALS).filter(([column]) => table.columns.includes(column)),
    );
    expect(Object.keys(totals).length).toBeGreaterThanOrEqual(2);
    expect(ours(table, Object.keys(totals))).toStrictEqual(await bySql(path, totals));
  });

  test('the anonymised CUR export', async () => {
    const path = resolve(data.path, REPORT);
    const table = parseCsv(readFileSync(path));
    expect(ours(table, Object.keys(REPORT_TOTALS))).toStrictEqual(await bySql(path, REPORT_TOTALS));
  });

  test('of all 26 examples', () => {
    expect(examples().length).toBe(26);
  });
});
