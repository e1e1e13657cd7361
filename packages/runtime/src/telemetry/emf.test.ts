import { expect, test } from 'vitest';
import { PRODUCT_METRICS } from '../product-metrics.ts';
import { readEmf } from '../testing/emf-schema.ts';
import { emfLines } from './emf.ts';
import type { Sample } from './sample.ts';

const NAMING = { agentNamespace: 'InfraFabric/Agents', bySession: false };
const AT = 1_795_132_800_000;

const sample = (name: Sample['name'], dimensions: Sample['dimensions'], value = 1): Sample => ({
  name,
  value,
  at_ms: AT,
  dimensions,
});

const read = (samples: readonly Sample[], naming = NAMING) => emfLines(samples, naming).flatMap(readEmf);

test('samples of one moment and the same dimensions share a document, written whole', () => {
  const dimensions = { AgentRole: 'pricing', SessionId: 's-1' };
  const lines = emfLines([sample('ExecutionTime', dimensions, 45_230), sample('ErrorRate', dimensions, 0)], NAMING);

  expect(lines.map((line): unknown => JSON.parse(line))).toStrictEqual([
    {
      _aws: {
        Timestamp: AT,
        CloudWatchMetrics: [
          {
            Namespace: 'InfraFabric/Agents',
            Dimensions: [['AgentRole']],
            Metrics: [
              { Name: 'ExecutionTime', Unit: 'Milliseconds' },
              { Name: 'ErrorRate', Unit: 'Percent' },
            ],
          },
        ],
      },
      AgentRole: 'pricing',
      ExecutionTime: 45_230,
      ErrorRate: 0,
    },
  ]);
});

test.each(Object.keys(PRODUCT_METRICS).filter((name): name is Sample['name'] => name in PRODUCT_METRICS))(
  '%s is a valid document with a value for every dimension it names',
  (name) => {
    const dimensions = { AgentRole: 'pricing', ModelType: 'm', Region: 'eu-west-1', ErrorType: 'X', SessionId: 's-1' };
    const metrics = [
      ...read([sample(name, dimensions)]),
      ...read([sample(name, dimensions)], { ...NAMING, bySession: true }),
    ];

    expect(metrics.map((metric) => [metric.name, metric.values])).toStrictEqual([
      [name, [1]],
      [name, [1]],
    ]);
  },
);

test('a set of dimensions of which one has no value is left out, and a model call is recorded with and without its model', () => {
  const without = read([sample('TokensConsumed', { AgentRole: 'coordinator' })]);
  const withModel = read([sample('TokensConsumed', { AgentRole: 'coordinator', ModelType: 'm' })]);

  expect(without[0]?.dimensions).toStrictEqual([{ AgentRole: 'coordinator' }]);
  expect(withModel[0]?.dimensions).toStrictEqual([
    { AgentRole: 'coordinator' },
    { AgentRole: 'coordinator', ModelType: 'm' },
  ]);
});

test('what an analysis found in all is recorded without dimensions, what it found in a region under that region alone', () => {
  const metrics = read([sample('MonthlySavings', {}, 30), sample('MonthlySavings', { Region: 'eu-west-1' }, 10)]);

  expect(metrics.map(({ namespace, values, dimensions }) => [namespace, values, dimensions])).toStrictEqual([
    ['FinOpsAnalyzer', [30], [{}]],
    ['FinOpsAnalyzer', [10], [{ Region: 'eu-west-1' }]],
  ]);
});

test('a session is a dimension only when asked for', () => {
  const dimensions = { AgentRole: 'pricing', SessionId: 's-1' };

  expect(emfLines([sample('ErrorRate', dimensions)], NAMING).join()).not.toContain('s-1');
  expect(read([sample('ErrorRate', dimensions)], { ...NAMING, bySession: true })[0]?.dimensions).toStrictEqual([
    { AgentRole: 'pricing' },
    { AgentRole: 'pricing', SessionId: 's-1' },
  ]);
});

test('the namespace of agents is the one configured, that of analyses stays', () => {
  const naming = { ...NAMING, agentNamespace: 'Mine' };

  expect(
    read([sample('ErrorRate', { AgentRole: 'pricing' }), sample('Errors', { ErrorType: 'X' })], naming),
  ).toMatchObject([{ namespace: 'Mine' }, { namespace: 'FinOpsAnalyzer' }]);
});

// Embedded metric format, "Target members": at most 100 values of one metric in a document.
test.each([
  [1, [1]],
  [100, [100]],
  [101, [100, 1]],
  [250, [100, 100, 50]],
])('%i values of one metric make documents of %j', (count, sizes) => {
  const samples = Array.from({ length: count }, (_, n) => sample('ErrorRate', { AgentRole: 'pricing' }, n));

  expect(read(samples).map(({ values }) => values.length)).toStrictEqual(sizes);
  expect(read(samples).flatMap(({ values }) => values)).toStrictEqual(samples.map(({ value }) => value));
});

test('the transcribed schema refuses what the specification forbids', () => {
  const line = emfLines([sample('ErrorRate', { AgentRole: 'pricing' })], NAMING)[0] ?? '';
  const broken = [
    line.replace('"Percent"', '"percent"'),
    line.replace('[["AgentRole"]]', '[]'),
    line.replace('"Timestamp":1795132800000', '"Timestamp":"now"'),
    line.replace('"ErrorRate":1}', '"ErrorRate":"1"}'),
    line.replace(',"AgentRole":"pricing"', ''),
    line.replace('[["AgentRole"]]', JSON.stringify([Array.from({ length: 31 }, () => 'AgentRole')])),
    line.replace('"ErrorRate":1}', `"ErrorRate":${JSON.stringify(Array.from({ length: 101 }, () => 1))}}`),
  ];

  expect(new Set(broken).size).toBe(broken.length);
  expect(broken.filter((one) => isRead(one))).toStrictEqual([]);
});

function isRead(line: string): boolean {
  try {
    readEmf(line);
    return true;
  } catch {
    return false;
  }
}
