import { type Cited, type Derivation, defineDerivation } from '@infrafabric/protocol';
import { z } from 'zod';
import type { Subject, Verdict } from '../../model/rule.ts';
import { defineRule } from '../../model/rule.ts';
import { type Decimal, formatUsd, perMonth, sum } from '../../money.ts';
import { citationsOf, entrySource, itemSource, listCost, listSaving } from '../reading/figures.ts';
import { priceDates, unitPrice } from '../reading/prices.ts';
import { parseTypeName } from '../reading/type-names.ts';
import { OK, readItem, readPrices, unknown } from '../reading/verdicts.ts';

const ClusterConfig = z.object({
  InstanceType: z.string(),
  InstanceCount: z.int().positive(),
  DedicatedMasterEnabled: z.boolean().optional(),
  DedicatedMasterType: z.string().optional(),
  DedicatedMasterCount: z.int().positive().optional(),
});

/** A domain as `opensearch` and, under its older member names, `es` describe it. */
const Domain = z.object({
  DomainName: z.string(),
  EngineVersion: z.string().optional(),
  ElasticsearchVersion: z.string().optional(),
  ClusterConfig: ClusterConfig.optional(),
  ElasticsearchClusterConfig: ClusterConfig.optional(),
  EBSOptions: z.object({ EBSEnabled: z.boolean().optional() }).optional(),
});
type Domain = z.infer<typeof Domain>;

/** Nodes of one type in a domain. */
interface Nodes {
  readonly type: string;
  readonly count: number;
}

const define = (name: string, rate: (now: Decimal, graviton: Decimal) => Decimal): Derivation =>
  defineDerivation({
    package: 'finops',
    name,
    version: 1,
    compute: (cited: readonly Cited[]) => {
      const parts = nodesOf(Domain.parse(cited[0])).map(({ count }, index) =>
        rate(unitPrice(cited[1 + 2 * index]), unitPrice(cited[2 + 2 * index])).times(count),
      );
      return formatUsd(perMonth(sum(parts)));
    },
  });

/** Monthly list cost of data nodes and dedicated masters: cited = the domain, then for each the price paid and the Graviton price. */
export const opensearchGravitonListCost = define('opensearch-graviton-list-cost', (now) => now);

/** Monthly difference of the same nodes; cited as for the cost. */
export const opensearchGravitonListSaving = define('opensearch-graviton-list-saving', (now, graviton) =>
  now.minus(graviton),
);

/** A domain on x86 nodes whose Graviton siblings of the same size cost less. */
export const opensearchGraviton = defineRule({
  id: 'opensearch-graviton',
  ref: 'OSH-02',
  role: 'pricing',
  service: 'opensearch',
  title: 'Search domain that is cheaper on Graviton nodes',
  appliesTo: 'OpenSearchDomain',
  reads: [],
  actionType: 'MigrateToGraviton',
  step: 'generation',
  severity: 4,
  effort: 'Low',
  risk: 'Medium',
  restartNeeded: false,
  rollbackPossible: true,
  inputs: [
    'opensearch:DescribeDomains ClusterConfig or ElasticsearchClusterConfig, EngineVersion',
    'instance prices of both types',
  ],
  formula: '(price now - price of the Graviton sibling) x instances x 730',
  implementation: [
    'Check the engine version: Graviton types need Elasticsearch 7.9 or OpenSearch.',
    'Change the instance type of the domain; AWS does it blue/green.',
  ],
  rollback: 'Change the instance type back; AWS does it blue/green again.',
  documentation: 'https://docs.aws.amazon.com/opensearch-service/latest/developerguide/supported-instance-types.html',
  thresholds: [],
  sources: [
    'https://docs.aws.amazon.com/opensearch-service/latest/developerguide/supported-instance-types.html',
    'https://aws.amazon.com/opensearch-service/pricing/',
  ],
  derivations: [opensearchGravitonListCost, opensearchGravitonListSaving],
  judge,
});

function judge(subject: Subject): Verdict {
  const item = readItem(Domain, subject.item);
  if (!item.ok) return item.verdict;
  const domain = item.value;
  const nodes = nodesOf(domain);
  if (nodes.length === 0) return unknown('FIELD_MISSING', 'The answer has no usable ClusterConfig.');
  if (domain.EBSOptions?.EBSEnabled !== true) return OK;
  const pairs = nodes.map(({ type }) => pairOf(subject.resource.region, type));
  if (pairs.some((pair) => pair === undefined)) return OK;
  const runs = runsOnGraviton(domain);
  if (runs === undefined) return unknown('FIELD_MISSING', 'The answer has no usable EngineVersion.');
  if (!runs) return OK;
  const prices = readPrices(
    subject,
    pairs.flatMap((pair) => pair ?? []),
  );
  if (!prices.ok) return prices.verdict;
  const source = itemSource(subject);
  const from = [source, ...prices.value.map(entrySource)];
  const saving = listSaving({ derivation: opensearchGravitonListSaving, from });
  if (!saving.value.greaterThan(0)) return OK;
  return {
    verdict: 'FINDING',
    statement:
      `The domain runs on ${nodes.map(({ type, count }) => `${count} ${type}`).join(' and ')}; Graviton nodes of the same size ` +
      `save {list_saving} at list prices of ${priceDates(prices.value)}.`,
    figures: [],
    listCost: listCost({ derivation: opensearchGravitonListCost, from }).request,
    listSaving: saving.request,
    citations: citationsOf([source]),
    confidence: '0.80',
  };
}

/** Data nodes, and dedicated masters when there are any: a domain may not mix Graviton and other nodes. */
function nodesOf(domain: Domain): Nodes[] {
  const config = domain.ClusterConfig ?? domain.ElasticsearchClusterConfig;
  if (config === undefined) return [];
  const data = { type: config.InstanceType, count: config.InstanceCount };
  const { DedicatedMasterEnabled, DedicatedMasterType, DedicatedMasterCount } = config;
  if (DedicatedMasterEnabled !== true || DedicatedMasterType === undefined || DedicatedMasterCount === undefined) {
    return [data];
  }
  return [data, { type: DedicatedMasterType, count: DedicatedMasterCount }];
}

/** Series with a sixth-generation Graviton family. Source: OpenSearch Service developer guide, "Supported instance types" (C6g, M6g, R6g), read 2026-11-21. */
const SERIES = new Set(['c', 'm', 'r']);

/** Newest x86 generation that the sixth-generation Graviton families replace. */
const NEWEST_X86 = 5;

/** Price keys of a node type and its Graviton sibling; `undefined` when there is none. */
function pairOf(region: string, type: string): readonly [string, string] | undefined {
  const [family = '', size = ''] = type.split('.');
  const name = parseTypeName(`${family}.${size}`);
  if (name === undefined || name.generation > NEWEST_X86 || name.processor !== '' || name.capabilities !== '') {
    return undefined;
  }
  if (!SERIES.has(name.series)) return undefined;
  const at = `opensearch/${region}`;
  return [`${at}/${family}.${size}.search`, `${at}/${name.series}6g.${size}.search`];
}

/** Graviton nodes need Elasticsearch 7.9 or any OpenSearch. Source: the same page, note on c6g, m6g and r6g. */
function runsOnGraviton(domain: Domain): boolean | undefined {
  const version = domain.EngineVersion ?? domain.ElasticsearchVersion ?? '';
  if (version.startsWith('OpenSearch_')) return true;
  const [, major, minor] = /^(?:Elasticsearch_)?([0-9]+)\.([0-9]+)/.exec(version) ?? [];
  if (major === undefined || minor === undefined) return undefined;
  return Number(major) > 7 || (Number(major) === 7 && Number(minor) >= 9);
}
