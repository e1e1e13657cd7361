import { expect, test } from 'vitest';
import type { Finding } from '../model/finding.ts';
import { FINOPS_RULES } from '../rules/catalogue.ts';
import { removeOverlap } from '../savings/waterfall.ts';
import { aSaving, type SavingPlan } from '../testing/index.ts';
import { actionPlan } from './action-plan.ts';

interface Given extends SavingPlan {
  readonly more?: Partial<Finding>;
}

function planOf(given: readonly Given[]) {
  const all = given.map(({ more, ...plan }) => {
    const { finding, claims } = aSaving(plan);
    return { finding: { ...finding, effort: 'Low', risk: 'Low', ...more } satisfies Finding, claims };
  });
  const findings = all.map((one) => one.finding);
  const net = removeOverlap(
    findings,
    all.flatMap((one) => one.claims),
  );
  return actionPlan(findings, net, { rules: FINOPS_RULES, asOf: '2026-11-20' });
}

const saving = (rule: string, id: string, cents: number, more: Partial<Finding> = {}): Given => ({
  rule,
  id,
  step: 'terminate',
  saving: cents,
  cost: 10_000,
  more,
});

test('a step is a rule; low effort and risk come first, then the most dollars', () => {
  const { steps, claim } = planOf([
    saving('ec2-idle', 'i-1', 9000, { risk: 'Medium' }),
    saving('ebs-unattached', 'vol-1', 100),
    saving('ebs-unattached', 'vol-2', 300),
    saving('network-idle-nat-gateway', 'nat-1', 3285),
    saving('rds-extended-support', 'db', 50, { risk: 'High' }),
  ]);
  expect(
    steps.map(({ order, when, rule, title, findings, usd_month: usd, items }) => [
      order,
      when,
      rule,
      title,
      findings,
      usd,
      items.map((item) => item.resource.id),
    ]),
  ).toStrictEqual([
    [1, 'today', 'network-idle-nat-gateway', 'Delete NAT gateways without traffic', 1, '32.85', ['nat-1']],
    [2, 'today', 'ebs-unattached', 'Snapshot and delete volumes attached to nothing', 2, '4.00', ['vol-2', 'vol-1']],
    [3, 'this-week', 'ec2-idle', 'Image and stop idle instances', 1, '90.00', ['i-1']],
    [4, 'later', 'rds-extended-support', 'Move databases to a version in standard support', 1, '0.50', ['db']],
  ]);
  expect(claim.statement).toBe(
    'Steps of low effort and risk save 36.85 USD/month; those of medium effort or risk 90.00 USD/month more; the others 0.50 USD/month.',
  );
  expect(claim.figures.map((figure) => [figure.name, figure.value])).toStrictEqual([
    ['when.today', '36.85'],
    ['when.this-week', '90.00'],
    ['when.later', '0.50'],
    ['step.1', '32.85'],
    ['step.2', '4.00'],
    ['step.3', '90.00'],
    ['step.4', '0.50'],
  ]);
});

test('an option that was not chosen and one that nothing is left of need no step', () => {
  const { steps, covered } = planOf([
    saving('ec2-idle', 'i-1', 10_000),
    { ...saving('ec2-oversized', 'i-1', 5000), step: 'rightsize' },
    { ...saving('ec2-graviton', 'i-2', 2000), step: 'generation' },
    { ...saving('ec2-previous-generation', 'i-2', 1000), step: 'generation' },
  ]);
  expect([steps.map((step) => step.rule), covered]).toStrictEqual([['ec2-idle', 'ec2-graviton'], 2]);
});

test('of two changes of one resource only the first in the waterfall has lines', () => {
  const { steps } = planOf([
    { ...saving('ec2-oversized', 'i-1', 5000, { target: { instance_type: 'm5.large' } }), step: 'rightsize' },
    {
      ...saving('ec2-previous-generation', 'i-1', 1000, { target: { instance_type: 'm6i.xlarge' } }),
      step: 'generation',
    },
  ]);
  expect(steps.map(({ rule, items }) => [rule, items[0]?.commands.length, items[0]?.no_commands])).toStrictEqual([
    ['ec2-oversized', 0, 'first do ec2-previous-generation, then analyse again: what is right here depends on it'],
    ['ec2-previous-generation', 1, undefined],
  ]);
});

test('advice without dollars is a step without an amount, the most severe first', () => {
  const advice = (rule: string, severity: number): Finding => {
    const { savings: _, step: __, ...finding } = aSaving(saving(rule, 'i-1', 1)).finding;
    return { ...finding, effort: 'Low', risk: 'Low', severity };
  };
  const findings = [advice('ebs-magnetic-review', 2), advice('lambda-idle', 7)];
  const { steps } = actionPlan(findings, removeOverlap([], []), { rules: FINOPS_RULES, asOf: '2026-11-20' });
  expect(
    steps.map(({ rule, title, usd_month: usd, items }) => [rule, title, usd, items[0]?.no_commands]),
  ).toStrictEqual([
    [
      'lambda-idle',
      'Function nobody invokes',
      undefined,
      'an idle function costs nothing: whether it goes is for its owner to say',
    ],
    [
      'ebs-magnetic-review',
      'Compare magnetic volumes with gp3',
      undefined,
      'what a magnetic volume costs depends on its requests, which the bill knows: compare first',
    ],
  ]);
});

test('the order of the findings does not matter, and a step lists at most 200 resources', () => {
  const given = Array.from({ length: 230 }, (_, at) => saving('ebs-unattached', `vol-${at}`, 100 + (at % 7)));
  const plan = planOf(given);
  expect(plan).toStrictEqual(planOf(given.toReversed()));
  expect(plan.steps.map(({ findings, items, more }) => [findings, items.length, more])).toStrictEqual([[230, 200, 30]]);
});

test('a rule without a template of its own has that of its kind of resource and action', () => {
  const { finding, claims } = aSaving({ rule: 'redshift-new', id: 'dwh', step: 'terminate', saving: 100, cost: 100 });
  const idle: Finding = {
    ...finding,
    resource: { ...finding.resource, type: 'RedshiftCluster' },
    actionType: 'Delete',
  };
  const { steps } = actionPlan([idle], removeOverlap([idle], claims), { rules: [], asOf: '2026-11-20' });
  expect(steps[0]?.items[0]?.commands[0]?.lines.at(-1)).toBe(
    'aws redshift delete-cluster --region us-east-1 --cluster-identifier dwh --final-cluster-snapshot-identifier final-before-2026-11-20-dwh',
  );
});
