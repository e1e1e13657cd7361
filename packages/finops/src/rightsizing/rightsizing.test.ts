import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Subject } from '../model/rule.ts';
import { ec2Oversized } from '../rules/ec2/oversized.ts';
import { hourly } from '../rules/testing/facts.ts';
import { judged } from '../rules/testing/judged.ts';
import { aPriceTable, aSeries, aSubject, aTable, anInstance } from '../testing/index.ts';
import { RIGHTSIZING_PRESET_NAMES, changedPreset, presetSettings } from './presets.ts';

const entries = (file: string) =>
  JSON.parse(readFileSync(resolve(import.meta.dirname, '../../data', file), 'utf8')).entries;
const TYPES = aTable(entries('instance-types.json'));
const PRICES: Record<string, { usd: string }> = entries('prices.json');
const LINUX = Object.fromEntries(
  Object.entries(PRICES).flatMap(([key, { usd }]) => (key.startsWith('ec2/us-east-1/linux/') ? [[key, usd]] : [])),
);

const ID = { InstanceId: 'i-0123456789abcdef0' };
const series = (metric: string, value: number, stat: string, line: number) =>
  aSeries(metric, hourly(14, value), { stat, line });
const memory = (value: number) =>
  aSeries('mem_used_percent', hourly(14, value), { namespace: 'CWAgent', dimensions: ID, stat: 'Maximum', line: 9 });
const cpu = (peak: number, mean = peak) => [
  series('CPUUtilization', peak, 'Maximum', 1),
  series('CPUUtilization', mean, 'Average', 2),
];

interface Given {
  readonly type: string;
  readonly load: ReturnType<typeof cpu>;
  readonly settings?: Record<string, number>;
  readonly prices?: Record<string, string>;
}
const given = ({ type, load, settings = {}, prices = {} }: Given): Subject =>
  aSubject({
    of: anInstance({
      InstanceType: type,
      PlatformDetails: 'Linux/UNIX',
      Architecture: type.startsWith('r7g') ? 'arm64' : 'x86_64',
      Placement: { Tenancy: 'default', AvailabilityZone: 'us-east-1a' },
    }),
    series: load,
    prices: aPriceTable({ ...LINUX, ...prices }),
    instanceTypes: TYPES,
    settings,
  });
const targetOf = (subject: Subject): string | undefined => {
  const verdict = ec2Oversized.judge(subject);
  return verdict.verdict === 'FINDING' ? verdict.target?.['instance_type'] : verdict.verdict;
};
const statementOf = (subject: Subject): string => JSON.stringify(ec2Oversized.judge(subject));

describe('candidates', () => {
  it('takes r5.xlarge to r5a.large: 0.252 - 0.113 an hour is 101.47 a month', () => {
    const subject = given({ type: 'r5.xlarge', load: [...cpu(30, 14), memory(35)] });
    const { figures } = judged(ec2Oversized, subject);

    expect(targetOf(subject)).toBe('r5a.large');
    // 30 % of 4 vCPUs on 2; 35 % of 32 GiB on 16; (70 - 50) / 12.5.
    expect(figures).toMatchObject({
      list_cost: '183.96',
      list_saving: '101.47',
      projected_cpu: '60',
      projected_memory: '70',
      performance_risk: '1.6',
    });
  });

  it('lists the Graviton option with its own dollars and effort, and does not choose another architecture', () => {
    const subject = given({ type: 'r5.xlarge', load: [...cpu(30, 14), memory(35)] });

    expect(statementOf(subject)).toContain(
      'r6g.large {option_1_saving} (not chosen: needs software built for arm64, effort High)',
    );
    // (0.252 - 0.1008) x 730.
    expect(judged(ec2Oversized, subject).figures['option_1_saving']).toBe('110.38');
  });

  it('vetoes less memory where memory was not measured, and keeps it', () => {
    const subject = given({ type: 'm5.xlarge', load: cpu(30, 14) });

    // 16 GiB stay: r5a.large has them, m5a.large (8 GiB, 0.086) has not.
    expect(targetOf(subject)).toBe('r5a.large');
    expect(statementOf(subject)).toContain('refused: memory was not measured');
    expect(statementOf(subject)).toContain('memory stays as large');
  });

  it('takes burstable types only where the credits of the busiest day suffice', () => {
    // t3a.large: 2 vCPUs with a baseline of 30 %.
    expect(targetOf(given({ type: 'm5.large', load: [...cpu(60, 30), memory(60)] }))).toBe('t3a.large');
    expect(targetOf(given({ type: 'm5.large', load: [...cpu(60, 30.1), memory(60)] }))).toBe('OK');
  });

  it.each([
    ['network', [series('NetworkIn', 3600e9, 'Sum', 3), series('NetworkOut', 0, 'Sum', 4)]],
    ['EBS throughput', [series('EBSReadBytes', 3600 * 1_048_576 * 200, 'Sum', 3)]],
    ['EBS operations', [series('EBSWriteOps', 3600 * 20_000, 'Sum', 3)]],
  ])('refuses every smaller type whose %s would not carry the load', (_, more) => {
    expect(targetOf(given({ type: 'm5.4xlarge', load: [...cpu(2, 1), memory(10)] }))).not.toBe('OK');
    expect(targetOf(given({ type: 'm5.4xlarge', load: [...cpu(2, 1), memory(10), ...more] }))).not.toBe(
      targetOf(given({ type: 'm5.4xlarge', load: [...cpu(2, 1), memory(10)] })),
    );
  });

  it('never chooses a type whose real price is not lower', () => {
    for (const type of ['m5.large', 'm5.xlarge', 'c5.2xlarge', 'r5.2xlarge', 't3.large', 'r7g.xlarge']) {
      const subject = given({ type, load: [...cpu(10, 5), memory(10)] });
      expect(Number(judged(ec2Oversized, subject).figures['list_saving'])).toBeGreaterThan(0);
    }
  });

  it('names a spot price only where there is one, and what an interruption asks for', () => {
    const load = [...cpu(30, 14), memory(35)];
    const prices = { 'ec2-spot/us-east-1/linux/r5a.large/us-east-1a': '0.0430' };

    expect(statementOf(given({ type: 'r5.xlarge', load }))).not.toContain('Spot');
    expect(statementOf(given({ type: 'r5.xlarge', load, prices }))).toContain('two minutes notice');
    // (0.113 - 0.043) x 730.
    expect(judged(ec2Oversized, given({ type: 'r5.xlarge', load, prices })).figures['spot_saving']).toBe('51.10');
  });
});

describe('presets', () => {
  const settingsOf = (name: (typeof RIGHTSIZING_PRESET_NAMES)[number]) =>
    Object.fromEntries(Object.entries(presetSettings(name)).map(([key, value]) => [key, Number(value)]));

  it.each([
    // r5.xlarge with 37 % CPU: 74 % on half the vCPUs, or all of them within a credit baseline of 40 %.
    ['Default', 'r5a.large'],
    ['Balanced', 't3a.xlarge'],
    ['MaxSavings', 'r5a.large'],
    ['MaxPerformance', 't3a.xlarge'],
  ] as const)('%s decides as its headroom says', (name, target) => {
    const subject = given({ type: 'r5.xlarge', load: [...cpu(37, 37), memory(34)], settings: settingsOf(name) });
    expect(targetOf(subject)).toBe(target);
  });

  it('writes the preset into the parameters of the risk and says it in the sentence', () => {
    const subject = given({
      type: 'r5.xlarge',
      load: [...cpu(20, 10), memory(20)],
      settings: settingsOf('MaxSavings'),
    });
    const verdict = ec2Oversized.judge(subject);

    expect(JSON.stringify(verdict)).toContain('"preset":"MaxSavings"');
    expect(verdict).toMatchObject({ statement: expect.stringContaining('preset MaxSavings') });
  });

  it('tells a report which preset is not the default', () => {
    expect(RIGHTSIZING_PRESET_NAMES.map((name) => changedPreset(presetSettings(name)))).toStrictEqual([
      undefined,
      'Balanced: CPU P95, headroom 30 % of CPU and 30 % of memory',
      'MaxSavings: CPU P90, headroom 0 % of CPU and 10 % of memory',
      'MaxPerformance: CPU P99.5, headroom 30 % of CPU and 30 % of memory',
    ]);
    expect(changedPreset({ RIGHTSIZING_CPU_HEADROOM: '15' })).toBe(
      'own limits: CPU P99.5, headroom 15 % of CPU and 20 % of memory',
    );
  });
});
