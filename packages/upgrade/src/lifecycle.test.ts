import { expect, test } from 'vitest';
import { z } from 'zod';
import { DATE_FIELDS, chargedPhase, sourcedDates, supportState } from './lifecycle.ts';
import { ourLifecycles } from './testing/our-tables.ts';
import { LIFECYCLES } from './tables.ts';

const entry = (key: string) => ourLifecycles(key)!.value;

test.for([
  ['amazon-rds-mysql/8.0', '2026-07-31', 'STANDARD', false],
  ['amazon-rds-mysql/8.0', '2026-08-01', 'EXTENDED_YEAR_1_2', true],
  ['amazon-rds-mysql/8.0', '2028-07-31', 'EXTENDED_YEAR_1_2', true],
  ['amazon-rds-mysql/8.0', '2028-08-01', 'EXTENDED_YEAR_3', true],
  ['amazon-rds-mysql/8.0', '2029-07-31', 'EXTENDED_YEAR_3', true],
  ['amazon-rds-mysql/8.0', '2029-08-01', 'PAST_EXTENDED', false],
  ['amazon-rds-mysql/5.7', '2026-02-28', 'EXTENDED_YEAR_1_2', true],
  ['amazon-rds-mysql/5.7', '2026-03-01', 'EXTENDED_YEAR_3', true],
  ['amazon-rds-postgresql/11', '2024-02-29', 'STANDARD', false],
  ['amazon-rds-postgresql/11', '2024-03-31', 'EXTENDED_YEAR_1_2', false],
  ['amazon-rds-postgresql/11', '2024-04-01', 'EXTENDED_YEAR_1_2', true],
  ['amazon-rds-postgresql/13', '2026-02-28', 'STANDARD', false],
  ['amazon-rds-postgresql/13', '2026-03-01', 'EXTENDED_YEAR_1_2', true],
  ['amazon-rds-postgresql/9.6', '2026-11-20', 'PAST_EXTENDED', false],
  ['amazon-rds-mariadb/10.6', '2026-12-31', 'STANDARD', false],
  ['amazon-rds-mariadb/10.6', '2027-01-01', 'PAST_EXTENDED', false],
  ['amazon-eks/1.34', '2026-12-02', 'STANDARD', false],
  ['amazon-eks/1.34', '2026-12-03', 'EXTENDED_YEAR_1_2', true],
  ['amazon-eks/1.31', '2026-11-26', 'EXTENDED_YEAR_1_2', true],
  ['amazon-eks/1.31', '2026-11-27', 'PAST_EXTENDED', false],
  ['amazon-aurora-mysql/3', '2028-05-01', 'EXTENDED_YEAR_1_2', true],
  ['amazon-elasticache-redis/5', '2026-01-31', 'STANDARD', false],
  ['amazon-elasticache-redis/5', '2026-02-01', 'EXTENDED_YEAR_1_2', true],
  ['amazon-elasticache-redis/7', '2099-01-01', 'STANDARD', false],
  ['amazon-opensearch/3.1', '2026-11-20', 'STANDARD', false],
  ['aws-lambda/python3.10', '2026-10-31', 'STANDARD', false],
  ['aws-lambda/python3.10', '2026-11-01', 'PAST_EXTENDED', false],
] as const)('%s on %s is %s, charged: %s', ([key, day, phase, isBilled]) => {
  const state = supportState(entry(key), day);

  expect({ phase: state.phase, phases: state.phases, isBilled: state.isBilled }).toStrictEqual({
    phase,
    phases: [phase],
    isBilled,
  });
});

test('where sources differ every phase they lead to is kept', () => {
  expect(supportState(entry('amazon-rds-mysql/5.7'), '2028-01-01').phases).toStrictEqual([
    'EXTENDED_YEAR_3',
    'PAST_EXTENDED',
  ]);
  expect(supportState(entry('amazon-opensearch/2.9'), '2026-11-20').phases).toStrictEqual([
    'EXTENDED_YEAR_3',
    'PAST_EXTENDED',
  ]);
});

test('where sources differ only about the year-3 price the lower price is charged', () => {
  const aurora2 = entry('amazon-aurora-mysql/2');

  expect(supportState(aurora2, '2026-12-01').phases).toStrictEqual(['EXTENDED_YEAR_1_2', 'EXTENDED_YEAR_3']);
  expect(chargedPhase(aurora2, '2026-12-01')).toBe('EXTENDED_YEAR_1_2');
  expect(chargedPhase(entry('amazon-rds-mysql/5.7'), '2026-03-01')).toBe('EXTENDED_YEAR_3');
});

test('nothing is charged where one source says that support is over', () => {
  expect(chargedPhase(entry('amazon-rds-mysql/5.7'), '2027-02-28')).toBe('EXTENDED_YEAR_3');
  expect(chargedPhase(entry('amazon-rds-mysql/5.7'), '2027-03-01')).toBeUndefined();
});

test('an entry without a date for standard support is UNKNOWN', () => {
  expect(supportState({ product: 'x', cycle: '1' }, '2026-11-20').phases).toStrictEqual(['UNKNOWN']);
});

test('the last day of the phase is told by the chosen dates', () => {
  expect(supportState(entry('amazon-eks/1.31'), '2026-11-20').lastDay).toBe('2026-11-26');
  expect(supportState(entry('amazon-eks/1.34'), '2026-11-20').lastDay).toBe('2026-12-02');
  expect(supportState(entry('amazon-elasticache-redis/7'), '2026-11-20')).not.toHaveProperty('lastDay');
});

test('the table keeps the known conflicts visible', () => {
  expect(sourcedDates(entry('amazon-rds-mysql/5.7'), 'extended_end')).toStrictEqual(['2027-02-28', '2029-06-30']);
  expect(sourcedDates(entry('amazon-aurora-mysql/2'), 'extended_end')).toStrictEqual(['2027-02-28', '2029-06-30']);
  expect(sourcedDates(entry('amazon-opensearch/2.9'), 'extended_end')).toStrictEqual(['2026-11-07', '2027-11-07']);
});

const Value = z.strictObject({
  date: z.iso.date().nullable(),
  source: z.string().min(1),
  as_of: z.string().regex(/^20\d\d(-\d\d-\d\d)?$/),
  says: z.string().min(1).optional(),
});
const Stated = z.strictObject({ date: z.iso.date().nullable(), conflict: z.boolean(), values: z.array(Value).min(1) });
const Entries = z.record(
  z.string(),
  z.strictObject({
    product: z.string(),
    cycle: z.string(),
    release: z.iso.date().optional(),
    extended_support: z.enum(['OFFERED', 'NONE']),
    after_end: z.enum(['AUTO_UPGRADE', 'CREATE_BLOCKED', 'DOMAIN_ISOLATED']).optional(),
    standard_end: Stated,
    ...Object.fromEntries(DATE_FIELDS.slice(1).map((field) => [field, Stated.optional()])),
  }),
);

test('every entry of the table has the stated form', () => {
  const entries = Entries.parse(LIFECYCLES['entries']);

  expect(Object.entries(entries).filter(([key, { product, cycle }]) => key !== `${product}/${cycle}`)).toStrictEqual(
    [],
  );
});

test('every date of the table follows its rule: the newest source, of equally new ones the earlier date', () => {
  const stated = z.record(z.string(), z.looseObject({})).parse(LIFECYCLES['entries']);
  const broken = Object.entries(stated).flatMap(([key, entry]) =>
    DATE_FIELDS.filter((field) => entry[field] !== undefined && !followsRule(Stated.parse(entry[field]))).map(
      (field) => `${key} ${field}`,
    ),
  );

  expect(broken).toStrictEqual([]);
});

function followsRule({ date, conflict, values }: z.infer<typeof Stated>): boolean {
  const newest = values
    .map((one) => one.as_of)
    .toSorted()
    .at(-1);
  const candidates = values.filter((one) => one.as_of === newest).map((one) => one.date ?? 'none');
  return (date ?? 'none') === candidates.toSorted()[0] && conflict === new Set(values.map((one) => one.date)).size > 1;
}
