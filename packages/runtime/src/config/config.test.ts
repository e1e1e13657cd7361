import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { readConfig, resolveConfig } from './config.ts';

function homeWith(yaml: string): string {
  const home = mkdtempSync(join(tmpdir(), 'infrafabric-config-'));
  onTestFinished(() => rmSync(home, { recursive: true }));
  writeFileSync(join(home, 'config.yaml'), yaml);
  return home;
}

test('a flag beats the environment, that beats the file, that beats the default', () => {
  const INFRAFABRIC_HOME = homeWith(
    'budget_monthly: 12.50\nagents: [pricing, budget]\ntenant: acme\nlog_level: warn\n',
  );
  const environment = { INFRAFABRIC_HOME, BUDGET_MONTHLY: '7', LOG_LEVEL: 'debug' };

  const fromFile = readConfig({ flags: {}, environment: { INFRAFABRIC_HOME } });
  const config = readConfig({ flags: { 'budget-usd': '99.90' }, environment });

  expect([fromFile.budgetMonthlyUsd, fromFile.roles, fromFile.logLevel]).toStrictEqual([
    '12.50',
    ['pricing', 'budget'],
    'warn',
  ]);
  expect([config.budgetMonthlyUsd, config.logLevel, config.tenant, config.mode]).toStrictEqual([
    '99.90',
    'debug',
    'acme',
    'embedded',
  ]);
});

test('every value names where it came from, also by an older name', () => {
  const INFRAFABRIC_HOME = homeWith('tenant: acme\n');
  const resolved = resolveConfig({ flags: {}, environment: { INFRAFABRIC_HOME, S3_BUCKET_NAME: 'results' } });

  expect(
    Object.fromEntries(resolved.map(({ name, origin, from }) => [name, origin === 'default' ? origin : from])),
  ).toMatchObject({
    home: 'INFRAFABRIC_HOME',
    resultsBucket: 'S3_BUCKET_NAME',
    tenant: 'config.yaml: tenant',
    mode: 'default',
  });
});

test.each([
  ['', 'nothing'],
  ['# only a comment\n', 'a comment'],
  ['---\n', 'an empty document'],
])('a file with %j, which is %s, sets nothing', (yaml) => {
  const config = readConfig({ flags: {}, environment: { INFRAFABRIC_HOME: homeWith(yaml) } });

  expect(config.tenant).toBe('local');
});

test.each([
  ['- a\n- b\n', 'CONFIG_YAML_UNSAFE'],
  ['tenant: {a: b}\n', 'CONFIG_YAML_UNSAFE'],
  ['<<: {tenant: a}\n', 'CONFIG_UNKNOWN_KEY'],
  ['home: /tmp\n', 'CONFIG_UNKNOWN_KEY'],
  ['tenant: "a\n', 'CONFIG_YAML_UNSAFE'],
  ['constructor: x\n', 'CONFIG_FORBIDDEN_KEY'],
  ['idle_cpu_threshold: 101\n', 'CONFIG_INVALID'],
  ['budget_monthly: -1\n', 'BUDGET_INVALID'],
])('a file with %j is refused as %s', (yaml, code) => {
  const environment = { INFRAFABRIC_HOME: homeWith(yaml) };

  expect(() => readConfig({ flags: {}, environment })).toThrow(expect.objectContaining({ code }));
});
