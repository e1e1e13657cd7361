import type { IndexEntry, InputFile, InputManifest, TaskResult } from '@infrafabric/finops';
import { type EvidenceId, evidenceId, makeClaim, type Role, type SessionId, sha256Hex } from '@infrafabric/protocol';
import type { Scenario } from './scenario.ts';

/** What a session is about: its inputs, and the bytes they are. */
export interface Estate {
  readonly session: SessionId;
  /** Whether evidence is of this estate. */
  readonly has: (evidence: EvidenceId) => boolean;
  readonly manifest: InputManifest;
  /** Bytes of evidence that are there before the session begins. */
  readonly evidence: readonly Uint8Array[];
  /** What stands where in an answer. */
  readonly entries: ReadonlyMap<EvidenceId, readonly IndexEntry[]>;
}

const ACCOUNT = '123456789012';

/** The estate of a session: an answer for each region, and a bill. */
export function estateOf({ regions, resources, hasBill }: Scenario, session: SessionId): Estate {
  const answers = regions.map((region) => fileOf(`answer of ${region} for ${session}`, answerIn(region)));
  const bill = hasBill ? [fileOf(`bill for ${session}`, BILL)] : [];
  const files = [...answers, ...bill];
  const ids = new Set(files.map(({ file }) => file.evidence));
  return {
    session,
    has: (evidence) => ids.has(evidence),
    manifest: { files: files.map(({ file }) => file), failed: [], unused: [] },
    evidence: files.map(({ bytes }) => bytes),
    entries: new Map(
      answers.map(({ file }, n) => [
        file.evidence,
        resources.map((type) => entryOf(type, regions[n] ?? '', file.evidence)),
      ]),
    ),
  };
}

const BILL = { kind: 'bill', name: 'bill.csv' } as const;

const answerIn = (region: string) =>
  ({
    kind: 'answer',
    name: `${region}/ec2.DescribeInstances.json`,
    region,
    client: 'ec2',
    operation: 'DescribeInstances',
  }) as const;

function fileOf(text: string, what: typeof BILL | ReturnType<typeof answerIn>): { file: InputFile; bytes: Uint8Array } {
  const bytes = new TextEncoder().encode(text);
  const sha256 = sha256Hex(bytes);
  return { bytes, file: { ...what, sha256, bytes: bytes.length, evidence: evidenceId(sha256), redactions: 0 } };
}

function entryOf(type: Scenario['resources'][number], region: string, evidence: EvidenceId): IndexEntry {
  return {
    kind: 'resource',
    type,
    account: ACCOUNT,
    region,
    id: `${type}-1`,
    evidence,
    media_type: 'application/json',
    pointer: `/${type}/0`,
    version: sha256Hex(type),
    refs: [],
  };
}

/** What an honest agent answers: a claim that cites the evidence it read. */
export function answerOf(
  type: string,
  { task, role, evidence, entries }: { task: string; role: Role; evidence: EvidenceId; entries: readonly IndexEntry[] },
): TaskResult {
  const claim = makeClaim({
    topic: 'simulated',
    statement: `The honest answer of ${task}.`,
    figures: [],
    citations: [{ evidence, pointer: '', media_type: 'application/json' }],
    confidence: '1.00',
    role,
  });
  const claims = [claim];
  if (type === 'collector.index-estate') return { kind: 'index', entries, accounts: [ACCOUNT], unused: [] };
  if (type === 'collector.read-bill') return { kind: 'bill', claims, accounts: [ACCOUNT], costs: [], notes: [] };
  if (type === 'pricing.commitments') {
    return { kind: 'commitments', column: 'EffectiveCost', bill: [], rates: {}, held: [], claims };
  }
  return type === 'budget.account'
    ? { kind: 'budget', claims, notes: [] }
    : { kind: 'judge', findings: [], claims, coverage: [] };
}
