import { expect, it } from 'vitest';
import { deniedTypes } from './denied.ts';
import { evaluate } from './evaluate.ts';
import type { Rule } from './model/rule.ts';
import { FINOPS_RULES } from './rules/catalogue.ts';
import { aTable } from './testing/index.ts';

const AT = { account: '111122223333', region: 'eu-west-1' };
const denied = (client: string, operation: string, action: string) => ({
  ...AT,
  client,
  operation,
  error_code: 'AccessDenied',
  denied: [action],
});
const TABLES = { prices: aTable({}), instanceTypes: aTable({}), lifecycle: aTable({}), asOf: '2026-11-20' };
const ruleNamed = (id: string): Rule => FINOPS_RULES.find((rule) => rule.id === id)!;

it('knows which kinds of resource a denied call would have described, once each', () => {
  const failed = [
    denied('rds', 'DescribeDBInstances', 'rds:DescribeDBInstances'),
    denied('rds', 'DescribeDBInstances', 'rds:DescribeDBInstances'),
    denied('s3', 'ListBuckets', 's3:ListAllMyBuckets'),
    denied('sts', 'AssumeRole', 'sts:AssumeRole'),
    { ...AT, client: 'ec2', operation: 'DescribeVolumes', error_code: 'Throttling' },
  ];
  expect(deniedTypes(failed)).toStrictEqual([
    { ...AT, type: 'RdsDbInstance', actions: ['rds:DescribeDBInstances'] },
    { account: AT.account, region: 'global', type: 'S3Bucket', actions: ['s3:ListAllMyBuckets'] },
  ]);
});

it('a rule whose own kind was denied is UNKNOWN for all of it', () => {
  const types = deniedTypes([denied('rds', 'DescribeDBInstances', 'rds:DescribeDBInstances')]);
  const { findings, coverage } = evaluate([ruleNamed('rds-idle')], [], { ...TABLES, denied: types });
  expect(findings).toMatchObject([
    {
      rule: 'rds-idle',
      resource: { ...AT, type: 'RdsDbInstance', id: '*' },
      verdict: 'UNKNOWN',
      reason: 'ACCESS_DENIED',
      detail: 'access denied: rds:DescribeDBInstances',
    },
  ]);
  expect(coverage).toStrictEqual([{ rule: 'rds-idle', service: 'rds', finding: 0, ok: 0, unknown: 1 }]);
});

it('a rule that reads a denied kind does not take what it cannot see for absent', () => {
  const rule = ruleNamed('ebs-on-stopped-instance');
  const resource = { ...AT, type: 'EbsVolume', id: 'vol-1' } as const;
  const item = { VolumeId: 'vol-1', State: 'in-use', VolumeType: 'gp3', Size: 8 };
  const citation = {
    evidence: `if://evidence/sha256/${'0'.repeat(64)}`,
    pointer: '/Volumes/0',
    media_type: 'application/json',
  } as const;
  const subject = { resource, versions: [{ item, citations: [citation] }], related: [], series: [] };
  const here = deniedTypes([denied('ec2', 'DescribeInstances', 'ec2:DescribeInstances')]);
  const judged = evaluate([rule], [subject], { ...TABLES, denied: here });
  expect(judged.findings.map(({ reason, detail }) => [reason, detail])).toStrictEqual([
    ['ACCESS_DENIED', 'access denied: ec2:DescribeInstances'],
  ]);
  const elsewhere = here.map((one) => ({ ...one, region: 'us-east-1' }));
  expect(evaluate([rule], [subject], { ...TABLES, denied: elsewhere }).findings[0]?.reason).not.toBe('ACCESS_DENIED');
});
