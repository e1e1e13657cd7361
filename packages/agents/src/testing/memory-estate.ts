import type { IndexEntry, InputManifest, TaskResult } from '@infrafabric/finops';
import { claimId, type EvidenceId, evidenceId, sha256Hex } from '@infrafabric/protocol';

const REGIONS = ['eu-west-1', 'us-east-1'] as const;

/** Two answers and a bill. */
export const MANIFEST: InputManifest = {
  files: [
    ...REGIONS.map((region) => ({
      kind: 'answer' as const,
      name: `${region}/ec2.DescribeInstances.json`,
      ...named(region),
      region,
      client: 'ec2',
      operation: 'DescribeInstances',
    })),
    { kind: 'bill', name: 'bill.csv', ...named('bill') },
  ],
  failed: [],
  unused: [],
};

function named(text: string): { sha256: string; bytes: number; evidence: EvidenceId; redactions: number } {
  return { sha256: sha256Hex(text), bytes: 10, evidence: evidenceId(sha256Hex(text)), redactions: 0 };
}

const TYPES = ['Ec2Instance', 'EbsVolume', 'RdsDbInstance'] as const;

/** What stands where: each collector finds the whole estate, as two answers about one thing do. */
const ENTRIES: IndexEntry[] = REGIONS.flatMap((region) =>
  TYPES.map((type) => ({
    kind: 'resource' as const,
    type,
    account: '123456789012',
    region,
    id: `${type}-1`,
    evidence: evidenceId(sha256Hex(region)),
    media_type: 'application/json' as const,
    pointer: `/${type}/0`,
    version: sha256Hex(type),
    refs: [],
  })),
);

const SMALLEST: Readonly<Record<TaskResult['kind'], TaskResult>> = {
  index: { kind: 'index', entries: ENTRIES, accounts: ['123456789012'], unused: [] },
  bill: { kind: 'bill', claims: [], accounts: [], costs: [], notes: [] },
  live: {
    kind: 'live',
    entries: ENTRIES,
    accounts: ['123456789012'],
    unused: [],
    files: [],
    failed: [],
    usd: '0.00',
    calls: 0,
    cache_hits: 0,
  },
  judge: { kind: 'judge', findings: [], claims: [], coverage: [] },
  budget: { kind: 'budget', claims: [], notes: [] },
  decisions: { kind: 'decisions', decisions: [] },
  challenge: {
    kind: 'challenge',
    outcome: 'confirm',
    challenged: claimId('0'.repeat(64)),
    second: claimId('0'.repeat(64)),
    verdict: claimId('0'.repeat(64)),
    claims: [],
  },
  commitments: { kind: 'commitments', column: 'EffectiveCost', bill: [], rates: {}, held: [], claims: [] },
};

function kindOf(type: string): TaskResult['kind'] {
  if (type === 'collector.index-estate') return 'index';
  if (type === 'collector.read-bill') return 'bill';
  if (type === 'collector.read-decisions') return 'decisions';
  if (type === 'pricing.commitments') return 'commitments';
  if (type === 'budget.challenge') return 'challenge';
  return type === 'budget.account' ? 'budget' : 'judge';
}

/** The smallest result a task of a type may have; of a collector of answers the whole estate. */
export const smallestResult = (type: string): TaskResult => SMALLEST[kindOf(type)];
