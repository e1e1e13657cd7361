import { type Claim, type JsonValue, resolvePointer } from '@infrafabric/protocol';
import { expect, test } from 'vitest';
import { findingId } from '../model/decision.ts';
import type { Finding } from '../model/finding.ts';
import { FINOPS_RULES } from '../rules/catalogue.ts';
import { aSaving, anEvidenceId } from '../testing/index.ts';
import { compareOpinions } from './compare-opinions.ts';
import { OPINION_DERIVATIONS } from './opinion-claim.ts';
import { readOpinions } from './read-opinions.ts';

const ACCOUNT = '123456789012';
const evidence = anEvidenceId('o');
const read = (client: string, operation: string, document: JsonValue, region = 'us-east-1') =>
  readOpinions({ client, operation, region, account: ACCOUNT, evidence, document });
const shown = (claim: Claim | undefined) =>
  claim?.figures.map((figure) => [figure.name, figure.value, figure.unit, figure.citations.map((one) => one.pointer)]);

const hub = (item: Record<string, JsonValue>) =>
  read('cost-optimization-hub', 'ListRecommendations', {
    items: [
      {
        accountId: ACCOUNT,
        region: 'us-east-1',
        resourceArn: `arn:aws:ec2:us-east-1:${ACCOUNT}:volume/vol-1`,
        resourceId: 'vol-1',
        currentResourceType: 'EbsVolume',
        actionType: 'Upgrade',
        currencyCode: 'USD',
        ...item,
      },
    ],
  });

test('a recommendation of the hub is cited number by number, and its numbers can be computed again', () => {
  const document = {
    items: [
      {
        accountId: ACCOUNT,
        region: 'us-east-1',
        resourceArn: `arn:aws:ec2:us-east-1:${ACCOUNT}:volume/vol-1`,
        currentResourceType: 'EbsVolume',
        actionType: 'Upgrade',
        currencyCode: 'USD',
        estimatedMonthlySavings: 43.07,
        estimatedMonthlyCost: 82.49,
        estimatedSavingsPercentage: 35,
      },
    ],
  };
  const said = read('cost-optimization-hub', 'ListRecommendations', document)!;
  expect(shown(said.claims[0])).toStrictEqual([
    ['aws_saving', '43.07', 'USD/month', ['/items/0/estimatedMonthlySavings']],
    ['aws_cost', '82.49', 'USD/month', ['/items/0/estimatedMonthlyCost']],
    ['aws_percent', '35', '%', ['/items/0/estimatedSavingsPercentage']],
    // 43.07 / 82.49 and 43.07 / 125.56.
    ['percent_after', '52.2', '%', ['/items/0/estimatedMonthlySavings', '/items/0/estimatedMonthlyCost']],
    ['percent_before', '34.3', '%', ['/items/0/estimatedMonthlySavings', '/items/0/estimatedMonthlyCost']],
  ]);
  expect(said.opinions[0]?.flag).toBe(
    'says 35 %, but saving over cost is 52.2 %, and 34.3 % of cost and saving together',
  );
  for (const { value, derivation, citations } of said.claims[0]!.figures) {
    const cited = citations.map((one) => resolvePointer(document, one.pointer)!);
    const compute = OPINION_DERIVATIONS.find((one) => one.id === derivation.id)!;
    expect(compute.compute(cited, derivation.params)).toBe(value);
  }
});

test.each([
  ['follows', 20, 100, 20, undefined],
  ['follows, rounded', 13.1, 100, 13, undefined],
  [
    'follows from what is left',
    0.64,
    2.56,
    20,
    'says 20 %, but saving over cost is 25 %; it follows if the stated cost is what is left after the change',
  ],
])('a percentage that %s', (...[, saving, cost, percent, flag]) => {
  const said = hub({
    estimatedMonthlySavings: saving,
    estimatedMonthlyCost: cost,
    estimatedSavingsPercentage: percent,
  });
  expect(said?.opinions[0]?.flag).toBe(flag);
});

test('Compute Optimizer and Trusted Advisor speak of resources by the ids of the inventory', () => {
  const optimizer = read('compute-optimizer', 'GetEC2InstanceRecommendations', {
    instanceRecommendations: [
      {
        instanceArn: `arn:aws:ec2:us-east-1:${ACCOUNT}:instance/i-1`,
        finding: 'OVER_PROVISIONED',
        recommendationOptions: [
          { rank: 2, savingsOpportunity: { estimatedMonthlySavings: { currency: 'USD', value: 1 } } },
          {
            rank: 1,
            savingsOpportunity: {
              savingsOpportunityPercentage: 50,
              estimatedMonthlySavings: { currency: 'USD', value: 35.04 },
            },
          },
        ],
      },
      { instanceArn: `arn:aws:ec2:us-east-1:${ACCOUNT}:instance/i-2`, finding: 'OPTIMIZED' },
      { finding: 'OPTIMIZED' },
    ],
  })!;
  const functions = read('compute-optimizer', 'GetLambdaFunctionRecommendations', {
    lambdaFunctionRecommendations: [
      { functionArn: `arn:aws:lambda:us-east-1:${ACCOUNT}:function:pdf:$LATEST`, finding: 'NotOptimized' },
    ],
  })!;
  const idle = read('compute-optimizer', 'GetIdleRecommendations', {
    idleRecommendations: [
      { resourceArn: `arn:aws:ec2:us-east-1:${ACCOUNT}:natgateway/nat-1`, resourceType: 'NatGateway', finding: 'Idle' },
    ],
  })!;
  const advisor = read('support', 'DescribeTrustedAdvisorCheckResult', {
    result: {
      checkId: 'Qch7DwouX1',
      flaggedResources: [
        { region: 'eu-west-1', status: 'warning', metadata: ['eu-west-1a', 'i-3', 'web', 'm5.large', '$70.08'] },
        { region: 'eu-west-1', status: 'ok', metadata: ['eu-west-1a', 'i-4', 'web', 'm5.large', '$1.00'] },
      ],
    },
  })!;
  const all = [optimizer, functions, idle, advisor].flatMap((one) => one.opinions);
  expect(all.map(({ source, type, id, says, actions }) => [source, type, id, says, actions.length > 0])).toStrictEqual([
    ['ComputeOptimizer', 'Ec2Instance', 'i-1', 'OVER_PROVISIONED', true],
    ['ComputeOptimizer', 'Ec2Instance', 'i-2', 'OPTIMIZED', false],
    ['ComputeOptimizer', 'LambdaFunction', 'pdf', 'NotOptimized', true],
    ['ComputeOptimizer', 'NatGateway', 'nat-1', 'Idle', true],
    ['TrustedAdvisor', 'Ec2Instance', 'i-3', 'Low Utilization Amazon EC2 Instances', true],
  ]);
  expect(shown(optimizer.claims[0])?.[0]).toStrictEqual([
    'aws_saving',
    '35.04',
    'USD/month',
    ['/instanceRecommendations/0/recommendationOptions/1/savingsOpportunity/estimatedMonthlySavings/value'],
  ]);
  expect(shown(advisor.claims[0])).toStrictEqual([
    ['aws_saving', '70.08', 'USD/month', ['/result/flaggedResources/0/metadata/4']],
  ]);
});

test.each([
  ['support', 'DescribeTrustedAdvisorCheckResult', { result: { checkId: 'jL7PP0l7J9', flaggedResources: [] } }],
  ['support', 'DescribeCases', {}],
  ['compute-optimizer', 'GetEnrollmentStatus', {}],
  ['ec2', 'DescribeInstances', {}],
])('%s.%s is no opinion about cost', (client, operation, document) => {
  expect(read(client, operation, document)).toBeUndefined();
});

test('odd answers give no opinion and break nothing', () => {
  for (const document of [
    {},
    { items: 'x' },
    { items: [null, 1, {}, { accountId: 1 }] },
    [],
    'x',
    null,
  ] as JsonValue[]) {
    expect(read('cost-optimization-hub', 'ListRecommendations', document)?.opinions).toStrictEqual([]);
  }
});

/** Compares the hub's word on vol-1 with findings of ours. */
function compared(findings: readonly Finding[], more: { roles?: string[]; known?: string[]; aside?: boolean } = {}) {
  const { opinions, asked, claims } = hub({ estimatedMonthlySavings: 10 })!;
  return compareOpinions(opinions, asked, {
    findings,
    counted: new Set(more.aside === true ? [] : findings.map(findingId)),
    rules: FINOPS_RULES,
    roles: more.roles ?? ['pricing'],
    known: new Set(more.known ?? ['EbsVolume vol-1']),
    claims: new Map(claims.map((claim) => [claim.id, claim])),
  }).map(({ verdict, reason, id, aws_usd_month: aws, our_usd_month: ours }) => [verdict, reason, id, aws, ours]);
}

function finding(rule: string, cents: number, more: Partial<Finding> = {}): Finding {
  const { finding: made } = aSaving({ rule, id: 'vol-1', step: 'storage-tier', saving: cents, cost: 10_000 });
  const own = FINOPS_RULES.find((one) => one.id === rule);
  return {
    ...made,
    resource: { ...made.resource, type: 'EbsVolume' },
    actionType: own?.actionType ?? 'Review',
    ...more,
  };
}

test('agreement and each kind of disagreement have their reason', () => {
  expect(compared([finding('ebs-gp2-to-gp3', 1020)])).toStrictEqual([
    ['agree', 'SAME_AMOUNT', 'vol-1', '10.00', '10.20'],
  ]);
  expect(compared([finding('ebs-gp2-to-gp3', 1100)])).toStrictEqual([
    ['agree', 'AMOUNT_DIFFERS', 'vol-1', '10.00', '11.00'],
  ]);
  expect(compared([finding('ebs-gp2-to-gp3', 1000)], { aside: true })).toStrictEqual([
    ['only-aws', 'SET_ASIDE', 'vol-1', '10.00', undefined],
  ]);
  expect(compared([])).toStrictEqual([['only-aws', 'LIMITS_DIFFER', 'vol-1', '10.00', undefined]]);
  expect(compared([], { known: [] })).toStrictEqual([['only-aws', 'NOT_IN_INPUTS', 'vol-1', '10.00', undefined]]);
  expect(compared([], { roles: ['budget'] })).toStrictEqual([
    ['only-aws', 'AGENT_NOT_ASKED', 'vol-1', '10.00', undefined],
  ]);
  const unknown = finding('ebs-gp2-to-gp3', 0, { verdict: 'UNKNOWN', reason: 'NO_PRICE', detail: 'No sourced price.' });
  const { savings: _, ...without } = unknown;
  expect(compared([without])).toStrictEqual([['only-aws', 'NOT_KNOWN', 'vol-1', '10.00', undefined]]);
});

test('what only we say has its reason: no check, another word, or not listed', () => {
  const other = finding('ebs-unattached', 800);
  const away = { ...finding('ebs-unattached', 700), resource: { ...other.resource, id: 'vol-2' } };
  const idle = { ...finding('x', 600), actionType: 'ScaleIn' as const, resource: { ...other.resource, id: 'vol-3' } };
  expect(compared([other, away, idle])).toStrictEqual([
    ['only-aws', 'LIMITS_DIFFER', 'vol-1', '10.00', undefined],
    ['only-us', 'AWS_SAYS_OTHERWISE', 'vol-1', undefined, '8.00'],
    ['only-us', 'AWS_DOES_NOT_LIST_IT', 'vol-2', undefined, '7.00'],
    ['only-us', 'AWS_HAS_NO_CHECK', 'vol-3', undefined, '6.00'],
  ]);
});

test('AWS has no word on what it was not asked about', () => {
  const { asked } = read('compute-optimizer', 'GetEC2InstanceRecommendations', { instanceRecommendations: [] })!;
  const ours = { findings: [finding('ebs-unattached', 800)], rules: FINOPS_RULES, roles: ['pricing'] };
  const rest = {
    counted: new Set(ours.findings.map(findingId)),
    known: new Set<string>(),
    claims: new Map<string, Claim>(),
  };
  expect(compareOpinions([], asked, { ...ours, ...rest })).toStrictEqual([]);
});
