import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import {
  type Claim,
  type JsonValue,
  evidenceId,
  isClaimIntact,
  isJsonObject,
  resolvePointer,
  sha256Hex,
} from '@infrafabric/protocol';
import { beforeAll, describe, expect, it } from 'vitest';
import { FINOPS_DERIVATIONS } from './derivations.ts';
import { evaluate } from './evaluate.ts';
import { indexAnswer } from './inventory/index-answer.ts';
import type { JudgedResource } from './judge-subject.ts';
import type { IndexEntry } from './model/index-entry.ts';
import { type Observed, RESOURCE_TYPES } from './model/resource.ts';
import type { JudgeResult } from './model/result.ts';
import { openTable } from './prices/table.ts';
import { FINOPS_RULES } from './rules/catalogue.ts';
import { removeOverlap } from './savings/waterfall.ts';
import { aTable } from './testing/index.ts';

const ROOT = resolve(import.meta.dirname, '../../..');
const ESTATE = resolve(ROOT, process.env['INFRAFABRIC_TEST_DATA'] ?? '../shared', 'estates/recorded');
const absent = !existsSync(ESTATE);

const documents = new Map<string, JsonValue>();
const load = (file: string): { id: string; document: JsonValue } => {
  const text = readFileSync(file, 'utf8');
  const document: JsonValue = JSON.parse(text);
  const id = evidenceId(sha256Hex(text));
  documents.set(id, document);
  return { id, document };
};
const table = (name: string) => {
  const { id, document } = load(resolve(ROOT, 'packages/finops/data', name));
  return openTable(document, id);
};

function observed(entry: IndexEntry): Observed {
  const item = resolvePointer(documents.get(entry.evidence)!, entry.pointer);
  const type = RESOURCE_TYPES.find((one) => one === entry.type);
  if (!isJsonObject(item) || type === undefined) throw new Error(`no resource at ${entry.pointer}`);
  return {
    resource: { account: '644160558196', region: entry.region, type, id: entry.id },
    item,
    citation: { evidence: entry.evidence, pointer: entry.pointer, media_type: entry.media_type },
  };
}

/** The estate as resources with all their descriptions and what they are linked to, all of one account. */
function resources(): JudgedResource[] {
  const entries = readdirSync(ESTATE).flatMap((region) =>
    readdirSync(join(ESTATE, region)).flatMap((file) => {
      const [client = '', operation = ''] = file.split('.');
      const { id, document } = load(join(ESTATE, region, file));
      const indexed = indexAnswer({ client, operation, region, evidence: id, document });
      return 'entries' in indexed ? indexed.entries : [];
    }),
  );
  const byId = Map.groupBy(entries, (entry) => `${entry.region} ${entry.id}`);
  const byRef = Map.groupBy(
    entries.flatMap((entry) => entry.refs.map((ref) => ({ ref: `${entry.region} ${ref}`, entry }))),
    ({ ref }) => ref,
  );
  return [...Map.groupBy(entries, (entry) => `${entry.type} ${entry.region} ${entry.id}`).values()].map((same) => {
    const pointedTo = same.flatMap((entry) => entry.refs.flatMap((ref) => byId.get(`${entry.region} ${ref}`) ?? []));
    const pointing = (byRef.get(`${same[0]!.region} ${same[0]!.id}`) ?? []).map(({ entry }) => entry);
    const all = same.map(observed);
    return {
      resource: all[0]!.resource,
      versions: all.map(({ item, citation }) => ({ item, citations: [citation] })),
      related: [...new Set([...pointedTo, ...pointing])].map(observed),
      series: [],
    };
  });
}

describe.skipIf(absent)(`verdicts on the recorded estate${absent ? ` (skipped: no ${ESTATE})` : ''}`, () => {
  let result: JudgeResult;
  beforeAll(() => {
    const tables = { prices: table('prices.json'), instanceTypes: table('instance-types.json'), lifecycle: aTable({}) };
    result = evaluate(FINOPS_RULES, resources(), { ...tables, asOf: '2026-11-20' });
  });

  it('never come from a rule that broke', () => {
    expect(result.findings.filter((finding) => finding.reason === 'RULE_ERROR')).toStrictEqual([]);
  });

  it('are of three kinds, each counted once a rule and resource', () => {
    const counted = result.coverage.reduce((sum, one) => sum + one.finding + one.unknown, 0);
    expect(counted).toBe(result.findings.length);
    expect(result.coverage.filter((one) => one.finding > 0).length).toBeGreaterThan(8);
    expect(result.coverage.filter((one) => one.ok > 0).length).toBeGreaterThan(8);
  });

  it('stand on claims whose every figure is computed again from the cited evidence', () => {
    const net = removeOverlap(result.findings, result.claims);
    const claims: Claim[] = [...result.claims, ...net.claims];
    for (const claim of claims) documents.set(claim.id, JSON.parse(JSON.stringify(claim)));
    const derivations = new Map(FINOPS_DERIVATIONS.map((derivation) => [derivation.id, derivation]));
    const wrong = claims.flatMap((claim) =>
      claim.figures
        .filter((figure) => {
          const cited = figure.citations.map((one) => resolvePointer(documents.get(one.evidence)!, one.pointer)!);
          return derivations.get(figure.derivation.id)?.compute(cited, figure.derivation.params) !== figure.value;
        })
        .map((figure) => `${figure.derivation.id} ${claim.statement}`),
    );
    expect(wrong).toStrictEqual([]);
    expect(claims.every(isClaimIntact)).toBe(true);
    expect(claims.length).toBeGreaterThan(100);
  });
});
