import { DecimalString, isJsonObject } from '@infrafabric/protocol';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { EXTENDED_SUPPORT_PRICES, LIFECYCLES, LIFECYCLE_TABLE } from './tables.ts';

const entriesOf = (table: typeof LIFECYCLES) => (isJsonObject(table['entries']) ? table['entries'] : {});

test('the stored table holds both data files and nothing meets', () => {
  const [stored, lifecycles, prices] = [LIFECYCLE_TABLE, LIFECYCLES, EXTENDED_SUPPORT_PRICES].map(entriesOf);

  expect(Object.keys(stored!)).toHaveLength(Object.keys(lifecycles!).length + Object.keys(prices!).length);
});

const Price = z.strictObject({
  service: z.enum(['eks', 'rds', 'aurora', 'elasticache-redis', 'opensearch']),
  region: z.string().regex(/^(all|[a-z]{2}-[a-z]+-\d)$/),
  unit: z.string(),
  phase: z.enum(['STANDARD', 'EXTENDED_YEAR_1_2', 'EXTENDED_YEAR_3']),
  usd: DecimalString.optional(),
  share_of_node_price: DecimalString.optional(),
  source: z.string().min(1),
  as_of: z.iso.date(),
});

test('every price has an amount, a source and a date, under the key of its own fields', () => {
  const prices = z.record(z.string(), Price).parse(EXTENDED_SUPPORT_PRICES['entries']);
  const broken = Object.entries(prices).filter(
    ([key, { service, region, unit, phase, usd, share_of_node_price }]) =>
      key !== `extended-support-price/${service}/${region}/${unit}/${phase}` ||
      (usd === undefined) === (share_of_node_price === undefined),
  );

  expect(broken).toStrictEqual([]);
});
