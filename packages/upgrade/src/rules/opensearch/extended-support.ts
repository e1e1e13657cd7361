import { type Subject, type Verdict, defineRule } from '@infrafabric/finops';
import { DAYS_UNTIL } from '../../days-until.ts';
import { partOf, textOf } from '../../item-field.ts';
import { chargedPhase } from '../../lifecycle.ts';
import { normalizationFactor } from '../../normalized-units.ts';
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
import { OPENSEARCH_SURCHARGE } from '../../surcharge.ts';
import { openSearchLifecycleKey } from '../../version.ts';

/** Finds OpenSearch Service domains in extended support, charged per normalized instance hour. */
export const openSearchExtendedSupport = defineRule({
  id: 'opensearch-extended-support',
  ref: 'OSH-03',
  role: 'upgrade-risk',
  service: 'opensearch',
  title: 'OpenSearch domain in extended support',
  appliesTo: 'OpenSearchDomain',
  reads: [],
  actionType: 'Upgrade',
  step: 'surcharge',
  severity: 5,
  effort: 'High',
  risk: 'High',
  restartNeeded: false,
  rollbackPossible: false,
  inputs: [
    'opensearch:DescribeDomains EngineVersion, ClusterConfig',
    'life-cycle table',
    'price of a normalised instance hour',
  ],
  formula: 'normalised units of the instances x price x 730',
  implementation: [
    'Run the upgrade eligibility check of the domain.',
    'Take a snapshot.',
    'Upgrade the domain; AWS does it blue/green.',
  ],
  rollback: 'None: an upgrade cannot be undone; restore the snapshot into a domain of the old version.',
  documentation: 'https://docs.aws.amazon.com/opensearch-service/latest/developerguide/version-migration.html',
  thresholds: [],
  sources: [
    'Amazon OpenSearch Service release calendar, 2026-10-01 (public copy); awslabs/aws-service-eol-data 2026-09-13; endoflife.date 2026-08-22',
    'awslabs/aws-service-extended-support-pricing data/pricing.json, 2026-09-16: USD per normalized instance hour by region',
  ],
  derivations: [DAYS_UNTIL, OPENSEARCH_SURCHARGE],
  judge(subject) {
    const version = textOf(subject.item, 'EngineVersion') ?? textOf(subject.item, 'ElasticsearchVersion');
    const key = version === undefined ? undefined : openSearchLifecycleKey(version);
    if (version === undefined || key === undefined) return fieldMissing('EngineVersion');
    return judgeDated(subject, key, (dated) => judgeDomain(subject, nameOf(version), dated));
  },
});

function judgeDomain(subject: Subject, name: string, dated: Dated): Verdict {
  const { entry, state } = dated;
  if (state.phase === 'STANDARD') return { verdict: 'OK' };
  const left = `${name} left standard support on ${dateText(entry.value, 'standard_end')}`;
  if (state.phases.includes('PAST_EXTENDED')) {
    return advice(subject, entry, {
      statement: `${left} and ${pastText(dated)}, so no surcharge is counted; AWS may isolate such a domain.`,
      confidenceFrom: ['standard_end', 'extended_end'],
      severity: 8,
    });
  }
  const cluster = partOf(subject.item, 'ClusterConfig');
  const type = textOf(cluster, 'InstanceType');
  if (type === undefined || typeof cluster['InstanceCount'] !== 'number') return fieldMissing('ClusterConfig');
  if (normalizationFactor(type) === undefined)
    return unknown('NO_SPECIFICATION', `no normalization factor for ${type}`);
  const phase = chargedPhase(entry.value, subject.asOf);
  const { region } = subject.resource;
  const rate = phase === undefined ? undefined : subject.lifecycle(extendedPriceKey.openSearch(region, phase));
  if (rate === undefined) return unknown('NO_PRICE', `${left}; no sourced extended-support rate in ${region}`);
  return withSurcharge(
    advice(subject, entry, {
      statement: `${left}: extended support of its data nodes costs {surcharge}; ${endText(entry.value)}.`,
      until: 'extended_end',
      confidenceFrom: ['standard_end', 'extended_billing_start', 'extended_end'],
    }),
    {
      listSaving: {
        name: 'list_saving',
        unit: 'USD/month',
        derivation: OPENSEARCH_SURCHARGE,
        params: { on: subject.asOf },
        citations: [subject.citation, entry.citation, rate.citation],
      },
    },
  );
}

const nameOf = (version: string): string =>
  version.includes('_') ? version.replace('_', ' ') : `Elasticsearch ${version}`;
