import { type Subject, type Verdict, defineRule } from '@infrafabric/finops';
import { DAYS_UNTIL } from '../../days-until.ts';
import { textOf } from '../../item-field.ts';
import { chargedPhase } from '../../lifecycle.ts';
import { extendedPriceKey } from '../../price-key.ts';
import {
  type Dated,
  advice,
  dateText,
  endText,
  fieldMissing,
  judgeDated,
  pastText,
  unknown,
  withSurcharge,
} from '../../support-verdict.ts';
import { REDIS_EXTENDED_COST, REDIS_SURCHARGE } from '../../surcharge.ts';
import { redisLifecycleKey } from '../../version.ts';

/** Finds ElastiCache clusters on a Redis OSS version in extended support, charged as a share of the node price. */
export const elastiCacheExtendedSupport = defineRule({
  id: 'elasticache-extended-support',
  ref: 'CCH-05',
  role: 'upgrade-risk',
  service: 'elasticache',
  title: 'ElastiCache Redis OSS in extended support',
  appliesTo: 'ElastiCacheCluster',
  reads: [],
  actionType: 'Upgrade',
  step: 'surcharge',
  severity: 5,
  effort: 'Medium',
  risk: 'Medium',
  restartNeeded: false,
  rollbackPossible: false,
  inputs: [
    'elasticache:DescribeCacheClusters Engine, EngineVersion, CacheNodeType, NumCacheNodes',
    'life-cycle table',
    'node prices and premium by year',
  ],
  formula: 'node price x premium of the year x NumCacheNodes x 730',
  implementation: [
    'Take a backup.',
    'Test the clients against the next major version or Valkey.',
    'Upgrade the engine of the replication group.',
  ],
  rollback: 'Not in place: restore the backup into a new cluster of the old version.',
  documentation: 'https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/extended-support.html',
  thresholds: [],
  sources: [
    'Amazon ElastiCache pricing page, extended support: 80 % of the node price, 160 % in year 3, Redis OSS only, 2026-10-01 (public copy)',
    'Amazon ElastiCache User Guide, Redis OSS versions end of life schedule, 2024; awslabs/aws-service-eol-data 2026-09-13',
  ],
  derivations: [DAYS_UNTIL, REDIS_EXTENDED_COST, REDIS_SURCHARGE],
  judge(subject) {
    const engine = textOf(subject.item, 'Engine');
    if (engine === undefined) return fieldMissing('Engine');
    if (engine !== 'redis') return { verdict: 'OK' };
    const version = textOf(subject.item, 'EngineVersion') ?? '';
    const key = redisLifecycleKey(version);
    if (key === undefined) return fieldMissing('EngineVersion');
    return judgeDated(subject, key, (dated) => judgeCluster(subject, version, dated));
  },
});

function judgeCluster(subject: Subject, version: string, dated: Dated): Verdict {
  const { entry, state } = dated;
  if (state.phase === 'STANDARD') return { verdict: 'OK' };
  const left = `Redis OSS ${version} left standard support on ${dateText(entry.value, 'standard_end')}`;
  if (state.phases.includes('PAST_EXTENDED')) {
    return advice(subject, entry, {
      statement: `${left} and ${pastText(dated)}, so no surcharge is counted; AWS upgrades such clusters by itself.`,
      confidenceFrom: ['standard_end'],
      severity: 7,
    });
  }
  const phase = chargedPhase(entry.value, subject.asOf);
  const nodeType = textOf(subject.item, 'CacheNodeType') ?? 'an unnamed node type';
  const { region } = subject.resource;
  const shareKey = phase === undefined ? undefined : extendedPriceKey.redis(region, phase);
  const share = shareKey === undefined ? undefined : subject.lifecycle(shareKey);
  const node = subject.price(`elasticache/${region}/redis/${nodeType}`);
  if (share === undefined || node === undefined) {
    return unknown('NO_PRICE', `${left}; no sourced price of ${nodeType} in ${region}`);
  }
  if (typeof subject.item['NumCacheNodes'] !== 'number') return fieldMissing('NumCacheNodes');
  const figure = {
    unit: 'USD/month',
    params: { on: subject.asOf },
    citations: [subject.citation, entry.citation, share.citation, node.citation],
  };
  return withSurcharge(
    advice(subject, entry, {
      statement: `${left}: extended support costs {surcharge}; ${endText(entry.value)}. Upgrade to Redis OSS 7 or Valkey.`,
      until: 'extended_end',
      confidenceFrom: ['standard_end', 'extended_billing_start', 'extended_end'],
    }),
    {
      listCost: { ...figure, name: 'list_cost', derivation: REDIS_EXTENDED_COST },
      listSaving: { ...figure, name: 'list_saving', derivation: REDIS_SURCHARGE },
    },
  );
}
