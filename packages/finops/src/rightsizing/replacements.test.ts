import { describe, expect, it } from 'vitest';
import type { ThresholdSettings } from '../controls/thresholds.ts';
import { evaluate } from '../evaluate.ts';
import type { JudgedResource } from '../judge-subject.ts';
import type { Series } from '../model/resource.ts';
import { ec2Idle } from '../rules/ec2/idle.ts';
import { ec2Oversized } from '../rules/ec2/oversized.ts';
import { aType, hourly } from '../rules/testing/facts.ts';
import { aPriceTable, aSeries, aTable, anEvidenceId, anInstance } from '../testing/index.ts';

const TYPES = { 'm5.xlarge': aType(4, '16'), 'm5.large': aType(2, '8') };
const PRICES = aPriceTable({
  'ec2/us-east-1/linux/m5.xlarge': '0.192',
  'ec2/us-east-1/linux/m5.large': '0.096',
  'ec2/us-east-1/linux/m5a.large': '0.086',
});

const line = (metric: string, value: number, stat: string, at: number): Series => ({
  ...aSeries(metric, hourly(14, value), { stat, ...(metric.startsWith('mem') ? { namespace: 'CWAgent' } : {}) }),
  citation: { evidence: anEvidenceId('metrics'), pointer: `/${at}`, media_type: 'application/x-ndjson' },
});

/** One and the same instance to every name and citation; only what was measured differs. */
const measured = (cpu: number): JudgedResource => {
  const { resource, item, citation } = anInstance(
    { InstanceType: 'm5.xlarge', PlatformDetails: 'Linux/UNIX', Architecture: 'x86_64', State: { Name: 'running' } },
    { evidence: anEvidenceId('an answer'), pointer: '/Reservations/0/Instances/0' },
  );
  const series = [
    line('CPUUtilization', cpu, 'Maximum', 0),
    line('CPUUtilization', cpu, 'Average', 1),
    line('mem_used_percent', 30, 'Maximum', 2),
    line('NetworkIn', cpu === 1 ? 100 : 1e9, 'Sum', 3),
    line('NetworkOut', 100, 'Sum', 4),
  ];
  return { resource, versions: [{ item, citations: [citation] }], related: [], series };
};

const judge = (
  resources: readonly JudgedResource[],
  types: Parameters<typeof aTable>[0] = TYPES,
  settings: readonly ThresholdSettings[] = [{}],
) => {
  const context = { prices: PRICES, instanceTypes: aTable(types), lifecycle: aTable({}), asOf: '2026-11-20' };
  const asked = resources.flatMap((one) => settings.map((set) => ({ one, set })));
  return asked.map(({ one, set }) => {
    const { claims, coverage } = evaluate([ec2Idle, ec2Oversized], [one], { ...context, settings: set });
    const figures = claims.flatMap((claim) => claim.figures.map(({ name, value }) => [name, value] as const));
    const found = coverage.filter(({ finding }) => finding > 0).map(({ rule }) => rule);
    const { cpu_used, cpu_max, projected_cpu, list_saving } = Object.fromEntries(figures);
    return { found, cpu_used, cpu_max, projected_cpu, list_saving };
  });
};

// On half the vCPUs the share of them doubles; up to 80 % will do. (0.192 - 0.096) x 730; the idle one saves 0.192 x 730.
const AT_30 = {
  found: ['ec2-oversized'],
  cpu_used: '30',
  cpu_max: undefined,
  projected_cpu: '60',
  list_saving: '70.08',
};
const AT_20 = { ...AT_30, cpu_used: '20', projected_cpu: '40' };
const AT_45 = { found: [], cpu_used: undefined, cpu_max: undefined, projected_cpu: undefined, list_saving: undefined };

describe('what is worked out once', () => {
  it('stays with the subject it was worked out for, whatever others are called', () => {
    expect(judge([30, 45, 20, 30].map(measured))).toStrictEqual([AT_30, AT_45, AT_20, AT_30]);
    expect(judge([45, 30].map(measured))).toStrictEqual([AT_45, AT_30]);
    expect(judge([1, 30].map(measured))).toMatchObject([{ found: ['ec2-idle', 'ec2-oversized'], cpu_max: '1' }, AT_30]);
  });

  it('stays with the table it was worked out from', () => {
    const subject = measured(30);

    expect(judge([subject])).toStrictEqual([AT_30]);
    // Three vCPUs: 30 % of 4 on 3.
    expect(judge([subject], { ...TYPES, 'm5.large': aType(3, '8') })).toStrictEqual([
      { ...AT_30, projected_cpu: '40' },
    ]);
    expect(judge([subject], { 'm5.xlarge': aType(4, '16') })).toStrictEqual([AT_45]);
    expect(judge([subject])).toStrictEqual([AT_30]);
  });

  it('stays with the setting it was worked out under', () => {
    const types = { ...TYPES, 'm5a.large': aType(2, '8') };
    const settings = [1, 0, 1].map((families) => ({ RIGHTSIZING_OTHER_FAMILIES: families }));

    // (0.192 - 0.086) x 730 in another family.
    expect(judge([measured(30)], types, settings).map((one) => one.list_saving)).toStrictEqual([
      '77.38',
      '70.08',
      '77.38',
    ]);
  });
});
