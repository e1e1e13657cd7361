import { expect, it } from 'vitest';
import { FINOPS_RULES } from '../rules/catalogue.ts';
import { SERVICES } from './service-catalogue.ts';
import { rulesOf } from './service-rules.ts';

it('counts a rule for the service its resource is billed under', () => {
  const ids = (key: string) => rulesOf({ key }, FINOPS_RULES).map((rule) => rule.id);
  expect(ids('AmazonElastiCache')).toContain('elasticache-redis-to-valkey');
  expect(ids('AmazonEC2')).toContain('ebs-unattached');
  expect(ids('AmazonEBS')).toContain('ebs-unattached');
  expect(ids('AmazonEBS')).not.toContain('ec2-idle');
  expect(ids('AmazonBraket')).toStrictEqual([]);
});

it('leaves no rule without a service', () => {
  const found = new Set(SERVICES.flatMap((service) => rulesOf(service, FINOPS_RULES)));
  expect(FINOPS_RULES.filter((rule) => !found.has(rule))).toStrictEqual([]);
});
