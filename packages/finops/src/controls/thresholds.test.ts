import { expect, test } from 'vitest';
import { evaluate } from '../evaluate.ts';
import { FINOPS_RULES } from '../rules/catalogue.ts';
import { aPriceTable, anEvidenceId } from '../testing/index.ts';
import { changedThresholds, configuredThreshold, readThreshold, settingsFor, thresholdRange } from './thresholds.ts';

const OLD = FINOPS_RULES.find((rule) => rule.id === 'ebs-old-snapshot')!;
const IDLE = FINOPS_RULES.find((rule) => rule.id === 'ec2-idle')!;

test.each([
  ['ebs-old-snapshot.EBS_SNAPSHOT_AGE_DAYS=365', { key: 'ebs-old-snapshot.EBS_SNAPSHOT_AGE_DAYS', value: '365' }],
  ['EBS-10.ebs_snapshot_age_days=12.5', { key: 'ebs-old-snapshot.EBS_SNAPSHOT_AGE_DAYS', value: '12.5' }],
  [' EBS_SNAPSHOT_AGE_DAYS=0', { key: 'EBS_SNAPSHOT_AGE_DAYS', value: '0' }],
  ['ebs-odd.X=1', { message: 'no rule is called "ebs-odd"', fix: 'infrafabric rules list' }],
  [
    'ebs-old-snapshot 365',
    {
      message: 'expected <rule>.<threshold>=<value>, got "ebs-old-snapshot 365"',
      fix: 'infrafabric rules show <id> lists the thresholds of a rule',
    },
  ],
  [
    'ebs-old-snapshot.DAYS=1',
    {
      message: 'expected <rule>.<threshold>=<value>, got the threshold "DAYS"',
      fix: 'ebs-old-snapshot has EBS_SNAPSHOT_AGE_DAYS',
    },
  ],
  [
    'ebs-gp2-to-gp3.DAYS=1',
    {
      message: 'expected <rule>.<threshold>=<value>, got the threshold "DAYS"',
      fix: 'ebs-gp2-to-gp3 has no threshold',
    },
  ],
])('%s reads as %j', (text, read) => {
  expect(readThreshold(text, FINOPS_RULES)).toStrictEqual(read);
});

test.each(['', '-1', '3651', 'many', '1e2', '0x10', '01', '1.', '1,5', ' 1', '9999999999'])(
  '%j is outside what days may be',
  (value) => {
    const [own] = OLD.thresholds;
    expect(readThreshold(`ebs-old-snapshot.EBS_SNAPSHOT_AGE_DAYS=${value}`, FINOPS_RULES)).toStrictEqual({
      message: `expected 0 to 3650 days, got "${value}"`,
      fix: `the rule's own value is ${own!.value}`,
    });
  },
);

test('every threshold of every rule is within its own range', () => {
  const outside = FINOPS_RULES.flatMap((rule) =>
    rule.thresholds.filter((one) => {
      const [min, max] = thresholdRange(one);
      return one.value < min || one.value > max;
    }),
  );
  expect(outside).toStrictEqual([]);
});

test('a threshold of one rule wins over one for all, and leaves other rules alone', () => {
  const name = OLD.thresholds[0]!.name;
  const settings = { [name]: '100', [`ebs-old-snapshot.${name}`]: '50' };
  expect(settingsFor(OLD, settings)).toStrictEqual({ [name]: 50 });
  expect(settingsFor(IDLE, settings)).toStrictEqual({});
  expect(changedThresholds(FINOPS_RULES, { [name]: String(OLD.thresholds[0]!.value) })).toStrictEqual([]);
});

test('a finding made under another limit says so in a figure that can be computed again', () => {
  const item = {
    SnapshotId: 'snap-1',
    VolumeSize: 8,
    StartTime: '2026-09-01T00:00:00Z',
    State: 'completed',
    OwnerId: '123456789012',
  };
  const found = (settings: Record<string, string>) =>
    evaluate(
      [OLD],
      [
        {
          resource: { account: '123456789012', region: 'us-east-1', type: 'EbsSnapshot', id: 'snap-1' },
          versions: [
            {
              item,
              citations: [{ evidence: anEvidenceId('s'), pointer: '/Snapshots/0', media_type: 'application/json' }],
            },
          ],
          related: [],
          series: [],
        },
      ],
      {
        prices: aPriceTable({}),
        instanceTypes: aPriceTable({}),
        lifecycle: aPriceTable({}),
        asOf: '2026-11-20',
        settings,
      },
    );
  expect(found({}).coverage.map((one) => [one.finding, one.ok])).toStrictEqual([[0, 1]]);

  const { claims, coverage } = found({ 'ebs-old-snapshot.EBS_SNAPSHOT_AGE_DAYS': '30' });
  const figure = claims[0]!.figures.find((one) => one.name.startsWith('threshold.'))!;
  expect(coverage.map((one) => [one.finding, one.ok])).toStrictEqual([[1, 0]]);
  expect(figure).toStrictEqual({
    name: 'threshold.ebs_snapshot_age_days',
    value: '30',
    unit: 'days',
    derivation: {
      id: 'finops/configured-threshold@1',
      params: {
        rule: 'ebs-old-snapshot',
        name: 'EBS_SNAPSHOT_AGE_DAYS',
        value: '30',
        default: String(OLD.thresholds[0]!.value),
      },
    },
    citations: [],
  });
  expect(configuredThreshold.compute([], figure.derivation.params)).toBe('30');
});
