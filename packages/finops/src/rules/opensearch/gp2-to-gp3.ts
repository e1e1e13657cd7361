import { type Cited, type Derivation, defineDerivation } from '@infrafabric/protocol';
import { z } from 'zod';
import type { Subject, Verdict } from '../../model/rule.ts';
import { defineRule } from '../../model/rule.ts';
import { type Decimal, formatUsd } from '../../money.ts';
import { percentBelow } from '../reading/derivations.ts';
import { move } from '../reading/move.ts';
import { unitPrice } from '../reading/prices.ts';
import { parseTypeName } from '../reading/type-names.ts';
import { OK, readItem, readPrices, unknown } from '../reading/verdicts.ts';

const ClusterConfig = z.object({ InstanceType: z.string(), InstanceCount: z.int().positive() });

const Domain = z.object({
  DomainName: z.string(),
  EBSOptions: z.object({
    EBSEnabled: z.boolean(),
    VolumeType: z.string().optional(),
    VolumeSize: z.int().positive().optional(),
  }),
  ClusterConfig: ClusterConfig.optional(),
  ElasticsearchClusterConfig: ClusterConfig.optional(),
});

/** GiB above which a gp3 volume of gp2's throughput may need more than what is included. Source: own bound, the size up to which gp2 gives at most 125 MiB/s, EBS user guide, read 2026-11-20. */
const SAFE_GIB = 170;

/** Newest family generation without gp3. Own choice of 2026-11-21: previous-generation families (T2, M4, R4, C4) are left out, as no page we could read says that they take gp3. */
const NEWEST_WITHOUT_GP3 = 4;
const NEWEST_T_WITHOUT_GP3 = 2;

/** Monthly cost at a rate of a GB-month, for the volumes of all data nodes. */
const define = (name: string, rate: (cited: readonly Cited[]) => Decimal): Derivation =>
  defineDerivation({
    package: 'finops',
    name,
    version: 1,
    compute: (cited) => {
      const domain = Domain.parse(cited[0]);
      const nodes = (domain.ClusterConfig ?? domain.ElasticsearchClusterConfig)?.InstanceCount ?? 0;
      return formatUsd(rate(cited).times((domain.EBSOptions.VolumeSize ?? 0) * nodes));
    },
  });

/** Monthly list cost of the volumes: cited = the domain, the gp2 price of a GB-month. */
export const opensearchGp2ToGp3ListCost = define('opensearch-gp2-to-gp3-list-cost', (cited) => unitPrice(cited[1]));

/** Monthly difference of the volumes: cited = the domain, the gp2 price, the gp3 price. */
export const opensearchGp2ToGp3ListSaving = define('opensearch-gp2-to-gp3-list-saving', (cited) =>
  unitPrice(cited[1]).minus(unitPrice(cited[2])),
);

/** A search domain on gp2 volumes that gp3 serves for less. */
export const opensearchGp2ToGp3 = defineRule({
  id: 'opensearch-gp2-to-gp3',
  ref: 'OSH-04',
  role: 'pricing',
  service: 'opensearch',
  title: 'Search domain on gp2 volumes',
  appliesTo: 'OpenSearchDomain',
  reads: [],
  actionType: 'Upgrade',
  step: 'storage-tier',
  severity: 3,
  effort: 'Low',
  risk: 'Low',
  restartNeeded: false,
  rollbackPossible: true,
  inputs: [
    'opensearch:DescribeDomains EBSOptions, ClusterConfig or ElasticsearchClusterConfig',
    'gp2 and gp3 storage prices of OpenSearch Service',
  ],
  formula:
    'VolumeSize x data nodes x (gp2 - gp3 price); volumes up to 170 GiB, which need no more than what gp3 includes',
  implementation: [
    'Change the volume type of the domain to gp3 in a quiet hour; AWS may do it blue/green.',
    'Watch indexing latency and queue depth for a day.',
  ],
  rollback: 'Change the volume type back to gp2.',
  documentation: 'https://docs.aws.amazon.com/opensearch-service/latest/developerguide/opensearchservice-ebs.html',
  thresholds: [],
  sources: [
    'https://docs.aws.amazon.com/opensearch-service/latest/developerguide/supported-instance-types.html',
    'https://aws.amazon.com/opensearch-service/pricing/',
  ],
  derivations: [opensearchGp2ToGp3ListCost, opensearchGp2ToGp3ListSaving, percentBelow],
  judge,
});

function judge(subject: Subject): Verdict {
  const item = readItem(Domain, subject.item);
  if (!item.ok) return item.verdict;
  const { EBSOptions, ClusterConfig: config, ElasticsearchClusterConfig: former } = item.value;
  if (!EBSOptions.EBSEnabled || EBSOptions.VolumeType !== 'gp2') return OK;
  const type = (config ?? former)?.InstanceType;
  if (type === undefined || EBSOptions.VolumeSize === undefined) {
    return unknown('FIELD_MISSING', 'The answer has no usable ClusterConfig and VolumeSize.');
  }
  if (!takesGp3(type)) return OK;
  return EBSOptions.VolumeSize > SAFE_GIB
    ? unknown(
        'NO_METRICS',
        `The throughput of volumes above ${SAFE_GIB} GiB is not measured; gp3 may need more than it includes.`,
      )
    : compare(subject);
}

/** Whether a node type is of a current family. */
function takesGp3(type: string): boolean {
  const family = parseTypeName(type.split('.').slice(0, 2).join('.'));
  if (family === undefined) return false;
  return family.generation > (family.series === 't' ? NEWEST_T_WITHOUT_GP3 : NEWEST_WITHOUT_GP3);
}

function compare(subject: Subject): Verdict {
  const at = `opensearch/${subject.resource.region}/storage`;
  const prices = readPrices(subject, [`${at}/gp2/gb-month`, `${at}/gp3/gb-month`]);
  if (!prices.ok) return prices.verdict;
  const [now, next] = prices.value;
  if (now === undefined || next === undefined) return OK;
  return move(subject, {
    now,
    next,
    listCost: opensearchGp2ToGp3ListCost,
    listSaving: opensearchGp2ToGp3ListSaving,
    statement: (dates) =>
      `The domain keeps its data on gp2 volumes; gp3 costs {saving_percent} less for each GB, {list_saving} at list prices of ${dates}.`,
    confidence: '0.80',
  });
}
