import { AGENTS, planAnalysis, RULES } from '@infrafabric/agents';
import {
  type BillResult,
  billResult,
  type Finding,
  indexAnswer,
  type IndexEntry,
  indexMetricsChunk,
  type JudgeResult,
  type NetSaving,
  removeOverlap,
  findingKey,
} from '@infrafabric/finops';
import {
  type Citation,
  type EvidenceId,
  evidenceId,
  type JsonValue,
  resolvePointer,
  sha256Hex,
} from '@infrafabric/protocol';
import { LIFECYCLE_TABLE } from '@infrafabric/upgrade';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { COLUMNS, type FocusLine } from '../demo/focus.ts';
import { answersOf, metricsOf } from './estate/answers.ts';
import { billOfEstate } from './estate/bill.ts';
import type { Estate } from './estate/estate.ts';
import { ACCOUNT, AS_OF } from './estate/planned.ts';

/** What the product says about an estate. */
export interface Judged {
  readonly findings: readonly Finding[];
  /** By finding, what it adds once overlap is removed. */
  readonly nets: ReadonlyMap<string, NetSaving>;
  /** Verdicts of any kind by rule. */
  readonly verdicts: ReadonlyMap<string, number>;
}

/** Judges an estate in memory: index, plan, the judging agents, waterfall; only wires and stores are left out. */
export async function judgeEstate(estate: Estate): Promise<Judged> {
  const evidence = new Map<EvidenceId, JsonValue>();
  const keep = (name: string, value: JsonValue): EvidenceId => {
    const id = evidenceId(sha256Hex(name));
    if (evidence.has(id)) throw new Error(`two pieces of evidence are called ${name}`);
    evidence.set(id, value);
    return id;
  };
  const entries = [...indexAnswers(estate, keep), ...indexMetrics(estate, keep)];
  const bill = readBill(billOfEstate(estate.resources, estate.terms));
  const results = await judgeAll(entries, bill, evidence, keep);
  const findings = results.flatMap((result) => result.findings);
  const { nets } = removeOverlap(
    findings,
    results.flatMap((result) => result.claims),
  );
  const verdicts = new Map<string, number>();
  for (const { rule, finding, ok, unknown } of results.flatMap((result) => result.coverage)) {
    verdicts.set(rule, (verdicts.get(rule) ?? 0) + finding + ok + unknown);
  }
  return {
    findings,
    nets: new Map(findings.flatMap((one) => pair(findingKey(one), nets.get(findingKey(one))))),
    verdicts,
  };
}

const pair = (key: string, net: NetSaving | undefined): [string, NetSaving][] =>
  net === undefined ? [] : [[key, net]];

const table = (path: string): JsonValue =>
  JSON.parse(readFileSync(resolve(import.meta.dirname, '../../packages', path), 'utf8'));

const TABLES = {
  prices: table('finops/data/prices.json'),
  instanceTypes: table('finops/data/instance-types.json'),
  lifecycle: LIFECYCLE_TABLE,
};

type Keep = (name: string, value: JsonValue) => EvidenceId;

function indexAnswers({ resources }: Estate, keep: Keep): IndexEntry[] {
  return answersOf(resources).flatMap(({ path, region, client, operation, input, body }) => {
    const evidence = keep(path, body);
    const found = indexAnswer({ client, operation, region, evidence, account: ACCOUNT, input, document: body });
    if ('unused' in found) throw new Error(`${path} is not read: ${found.unused}`);
    return found.entries;
  });
}

function indexMetrics({ resources }: Estate, keep: Keep): IndexEntry[] {
  return [...metricsOf(resources)].flatMap(([region, lines]) => {
    const evidence = keep(`${region} metrics`, [...lines]);
    const text = lines.map((line) => JSON.stringify(line)).join('\n');
    return indexMetricsChunk({ text, region, evidence, account: ACCOUNT }).entries;
  });
}

function readBill(lines: readonly FocusLine[]): BillResult {
  const table = { columns: COLUMNS, rows: lines.map((line) => COLUMNS.map((column) => line[column] ?? '')) };
  const citation: Citation = { evidence: evidenceId(sha256Hex('bill')), pointer: '', media_type: 'text/csv' };
  return billResult({ lines: { cited: [table], citations: [citation] }, asOf: AS_OF });
}

async function judgeAll(
  entries: readonly IndexEntry[],
  bill: BillResult,
  evidence: ReadonlyMap<EvidenceId, JsonValue>,
  keep: Keep,
): Promise<JudgeResult[]> {
  const tables = {
    prices: keep('prices', TABLES.prices),
    instance_types: keep('types', TABLES.instanceTypes),
    lifecycle: keep('lifecycle', TABLES.lifecycle),
  };
  const request = { roles: ['rightsizing', 'pricing', 'upgrade-risk'], as_of: AS_OF, tables, settings: {} };
  const planned = planAnalysis({
    request: request as unknown as Parameters<typeof planAnalysis>[0]['request'],
    manifest: { files: [], failed: [], unused: [] },
    entries,
    costs: bill.costs,
    rules: RULES,
  });
  const json = async (citation: Citation): Promise<JsonValue> =>
    resolvePointer(evidence.get(citation.evidence) ?? null, citation.pointer) ?? null;
  const desk = {
    json,
    jsons: (citations: readonly Citation[]) => Promise.all(citations.map(json)),
    cited: json,
    document: async (id: EvidenceId) => evidence.get(id) ?? null,
    bytes: async () => new Uint8Array(),
  };
  const results: JudgeResult[] = [];
  for (const { spec, workList } of planned) {
    const agent = AGENTS.find((one) => one.role === spec.role);
    const order = {
      ...spec,
      context: spec.context ?? {},
      workList: JSON.parse(new TextDecoder().decode(workList)),
      signal: new AbortController().signal,
    };
    results.push((await agent!.perform(order, desk)) as JudgeResult);
  }
  return results;
}
