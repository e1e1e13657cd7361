/* Generated resources with their metrics through all rules, in memory: `evaluate` alone, on one core. */
import {
  evaluate,
  FINOPS_RULES,
  type JudgedResource,
  type Observed,
  openTable,
  readSeries,
  type ResourceType,
} from '@infrafabric/finops';
import { evidenceId, isJsonObject, type JsonObject, type JsonValue, sha256Hex } from '@infrafabric/protocol';
import { UPGRADE_RULES } from '@infrafabric/upgrade';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe } from './fleet/answer.ts';
import { ACCOUNT, type FleetResource, fleet, idOf, type Kind } from './fleet/resource.ts';
import { metricsOf, seriesLine } from './fleet/series.ts';
import { median, record } from './record.ts';

/** Issue "Rules and savings": 10,000 resources through all rules, seconds on one core; the same cost each at 100,000. */
const BAR = { resources: 10_000, seconds: 3, flat: 1.2 };

const SIZES = process.env['BENCH_RESOURCES']?.split(',').map(Number) ?? [BAR.resources, 10 * BAR.resources];
const ROUNDS = Number(process.env['BENCH_ROUNDS'] ?? 5);
const RULES = [...FINOPS_RULES, ...UPGRADE_RULES];

/** A task judges at most so many (DESIGN 3); the fleet is made and judged batch by batch, and only judging is timed. */
const BATCH = 500;

const TYPE_OF: Readonly<Record<Kind, ResourceType>> = {
  instance: 'Ec2Instance',
  volume: 'EbsVolume',
  database: 'RdsDbInstance',
  function: 'LambdaFunction',
  table: 'DynamoDbTable',
  nat: 'NatGateway',
  endpoint: 'VpcEndpoint',
};

const CONTEXT = {
  prices: table('finops/data/prices.json'),
  instanceTypes: table('finops/data/instance-types.json'),
  lifecycle: table('upgrade/data/lifecycle.json'),
  asOf: '2026-11-20',
};

judgeAll(2_000);
const measured = SIZES.map((resources) => {
  const runs = Array.from({ length: resources > BAR.resources ? 1 : ROUNDS }, () => judgeAll(resources));
  const [wall, cpu] = [median(runs.map((one) => one.wallMs)), median(runs.map((one) => one.cpuMs))];
  const what = `${resources} resources through ${RULES.length} rules, ${runs[0]?.findings} findings`;
  record([
    {
      what: `${what}: wall`,
      value: wall / 1000,
      unit: 's',
      limit: (BAR.seconds * resources) / BAR.resources,
      places: 2,
    },
    { what: `${what}: processor`, value: cpu / 1000, unit: 's', places: 2 },
  ]);
  return (cpu * 1000) / resources;
});
const [first, last] = [measured[0], measured.at(-1)];
if (first !== undefined && last !== undefined && measured.length > 1) {
  record([
    {
      what: `cost a resource at ${SIZES.at(-1)} to that at ${SIZES[0]}`,
      value: last / first,
      unit: 'x',
      limit: BAR.flat,
      places: 2,
    },
  ]);
}

function judgeAll(resources: number): { wallMs: number; cpuMs: number; findings: number } {
  const total = { wallMs: 0, cpuMs: 0, findings: 0 };
  let batch: JudgedResource[] = [];
  const judge = (): void => {
    const [start, usage] = [performance.now(), process.cpuUsage()];
    const { findings } = evaluate(RULES, batch, CONTEXT);
    const { user, system } = process.cpuUsage(usage);
    total.wallMs += performance.now() - start;
    total.cpuMs += (user + system) / 1000;
    total.findings += findings.filter((one) => one.verdict === 'FINDING').length;
    batch = [];
  };
  for (const one of fleet(resources)) {
    batch.push(judged(one));
    if (batch.length === BATCH) judge();
  }
  judge();
  return total;
}

function judged(resource: FleetResource): JudgedResource {
  const evidence = evidenceId(sha256Hex(resource.kind));
  const lines = metricsOf(resource.kind).map((asked) => seriesLine(resource, asked));
  const series = lines.flatMap((line, n) => {
    if (line === undefined) return [];
    const citation = {
      evidence: evidenceId(sha256Hex('metrics')),
      pointer: `/${resource.n * 4 + n}`,
      media_type: 'application/x-ndjson' as const,
    };
    return readSeries(json(line), citation) ?? [];
  });
  return {
    resource: { account: ACCOUNT, region: resource.region, type: TYPE_OF[resource.kind], id: idOf(resource) },
    versions: [
      { item: item(resource), citations: [{ evidence, pointer: `/${resource.n}`, media_type: 'application/json' }] },
    ],
    related: resource.kind === 'volume' ? [instanceOf(resource)] : [],
    series,
  };
}

/** The instance a volume is attached to, or was made with. */
function instanceOf({ n, region }: FleetResource): Observed {
  const instance: FleetResource = { kind: 'instance', n, region };
  return {
    resource: { account: ACCOUNT, region, type: 'Ec2Instance', id: idOf(instance) },
    item: item(instance),
    citation: { evidence: evidenceId(sha256Hex('instance')), pointer: `/${n}`, media_type: 'application/json' },
  };
}

/** The resource itself as the inventory finds it in its answer. */
function item(resource: FleetResource): JsonObject {
  const answer = json(JSON.stringify(describe(resource)));
  const inner = isJsonObject(answer) ? (answer['Table'] ?? firstOf(answer['Instances']) ?? answer) : {};
  return isJsonObject(inner) ? inner : {};
}

function firstOf(list: JsonValue | undefined): JsonValue | undefined {
  return Array.isArray(list) ? list[0] : undefined;
}

function table(path: string): ReturnType<typeof openTable> {
  const text = readFileSync(resolve(import.meta.dirname, '../../packages', path), 'utf8');
  return openTable(json(text), evidenceId(sha256Hex(text)));
}

function json(text: string): JsonValue {
  const value: JsonValue = JSON.parse(text);
  return value;
}
