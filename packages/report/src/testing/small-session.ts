import {
  accountSpend,
  billResult,
  type CostFacts,
  evaluate,
  FINOPS_RULES,
  indexAnswer,
  openTable,
  PRICE_TABLE,
  type InputFile,
  type ResourceRef,
} from '@infrafabric/finops';
import { aBill, type BillLine, onDay } from '@infrafabric/finops/testing';
import {
  canonicalBytes,
  type CsvTable,
  evidenceId,
  type EvidenceId,
  isJsonObject,
  type JsonObject,
  sha256Hex,
  type TaskSpec,
  WorkerRole,
} from '@infrafabric/protocol';
import { aSwarm, aTask } from '@infrafabric/protocol/testing';
import type { EndedTask, TestSession } from './signed-folder.ts';

/** What a test says about its session; all else is three gp2 volumes, one of them attached to nothing, and a bill of two. */
export interface SmallSession {
  readonly volumes?: readonly JsonObject[];
  readonly bill?: readonly BillLine[];
  readonly name?: string;
  /** Ends of tasks that failed, by task id. */
  readonly failed?: Readonly<Record<string, { code: string; detail: string }>>;
  readonly swarm?: TestSession['swarm'];
}

const ACCOUNT = '123456789012';
const AS_OF = '2026-11-20';

/** A volume as DescribeVolumes gives it: 100 GiB gp2, attached, named `data`. */
export function aVolumeItem(number: number, item: JsonObject = {}): JsonObject {
  return {
    VolumeId: `vol-${String(number).padStart(17, '0')}`,
    VolumeType: 'gp2',
    Size: 100,
    Iops: 300,
    State: 'in-use',
    CreateTime: '2026-01-01T00:00:00Z',
    AvailabilityZone: 'us-east-1a',
    Attachments: [{ InstanceId: 'i-00000000000000001', State: 'attached' }],
    Tags: [{ Key: 'Name', Value: 'data' }],
    ...item,
  };
}

/** The part of our price table a small session needs, so that its folder stays small. */
const EBS_PRICES: JsonObject = {
  ...PRICE_TABLE,
  entries: Object.fromEntries(
    Object.entries(isJsonObject(PRICE_TABLE['entries']) ? PRICE_TABLE['entries'] : {}).filter(([key]) =>
      key.startsWith('ebs/us-east-1/'),
    ),
  ),
};
const NO_TABLE: JsonObject = { as_of: '2026-11-01', entries: {} };

/** The rules a small session knows, so that a new rule changes no expected value here. */
const RULES: ReadonlySet<string> = new Set([
  'ebs-gp2-to-gp3',
  'ebs-io-to-gp3',
  'ebs-magnetic-review',
  'ebs-on-stopped-instance',
  'ebs-unattached',
]);

const VOLUMES = [
  aVolumeItem(1),
  aVolumeItem(2, { State: 'available', Attachments: [] }),
  aVolumeItem(3, { VolumeType: 'gp3', Iops: 3000, Throughput: 125 }),
];

/** Twenty days of November: one volume on demand, one paid by a commitment, in a bill of one account. */
const BILL: readonly BillLine[] = Array.from({ length: 19 }, (_, day) => {
  const when = { ...onDay(`2026-11-${String(day + 1).padStart(2, '0')}`), SubAccountId: ACCOUNT };
  return [
    { ...when, ResourceId: 'vol-00000000000000001', BilledCost: '0.30' },
    {
      ...when,
      ResourceId: 'vol-00000000000000002',
      BilledCost: '0.25',
      PricingCategory: 'Committed',
      CommitmentDiscountStatus: 'Used',
    },
    { ...when, ResourceId: '', ServiceName: 'Amazon Simple Storage Service', BilledCost: `${(day % 7) + 1}.125` },
  ];
}).flat();

/** A small analysis as the swarm would do it: read, index, judge with the real rules, account for the bill. */
export function aSmallSession(options: SmallSession = {}): TestSession {
  const evidence = new Map<EvidenceId, Uint8Array>();
  const keep = (bytes: Uint8Array): EvidenceId => {
    const id = evidenceId(sha256Hex(bytes));
    evidence.set(id, bytes);
    return id;
  };
  const tables = {
    prices: keep(canonicalBytes(EBS_PRICES)),
    instance_types: keep(canonicalBytes(NO_TABLE)),
    lifecycle: keep(canonicalBytes(NO_TABLE)),
  };
  const volumes = { Volumes: [...(options.volumes ?? VOLUMES)] };
  const answer = inputOf('answer', 'us-east-1/ec2.DescribeVolumes.json', canonicalBytes(volumes), keep);
  const bill = aBill(options.bill ?? BILL);
  const billFile = inputOf('bill', 'focus.csv', new TextEncoder().encode(csvText(bill)), keep);
  const citation = { evidence: billFile.evidence, pointer: '', media_type: 'text/csv' } as const;
  const lines = { cited: [bill], citations: [citation] };
  const billed = billResult({ lines });
  const indexed = indexAnswer({
    client: 'ec2',
    operation: 'DescribeVolumes',
    region: 'us-east-1',
    account: ACCOUNT,
    evidence: answer.evidence,
    document: volumes,
  });
  const judge = (role: 'pricing' | 'rightsizing'): EndedTask['end'] =>
    judged(role, volumes, answer.evidence, billed.costs);
  const ends: Record<string, EndedTask['end']> = {
    'collector/bill/0': billed,
    'collector/ec2/us-east-1/0': {
      kind: 'index',
      entries: 'entries' in indexed ? indexed.entries : [],
      accounts: [ACCOUNT],
      unused: [{ what: 'iam.ListRoles', reason: 'UNKNOWN_CLIENT', answers: 2 }],
    },
    'budget/bill/0': { kind: 'budget', ...accountSpend(lines, { asOf: AS_OF, budgetUsd: '100' }) },
    'pricing/ebs/us-east-1/0': judge('pricing'),
    'rightsizing/ebs/us-east-1/0': judge('rightsizing'),
  };
  return {
    swarm: options.swarm ?? aSwarm(options.name ?? 'report'),
    request: {
      as_of: AS_OF,
      tables,
      roles: ['budget', 'collector', 'pricing', 'rightsizing'],
      settings: {},
      budget_usd: '100',
      question: null,
    },
    manifest: { files: [answer, billFile], failed: [], unused: [{ name: 'notes.txt', reason: 'NOT_AN_ANSWER' }] },
    tasks: Object.entries(ends).map(([id, end]) => ({
      spec: specOf(id, answer, billFile),
      end: options.failed?.[id] ?? end,
    })),
    evidence,
  };
}

function judged(
  role: 'pricing' | 'rightsizing',
  document: { readonly Volumes: readonly JsonObject[] },
  evidence: EvidenceId,
  costs: readonly CostFacts[],
): EndedTask['end'] {
  const rules = FINOPS_RULES.filter((rule) => rule.role === role && RULES.has(rule.id));
  const resources = document.Volumes.map((item, at) => {
    const resource = resourceOf(item);
    const cost = costs.find((one) => one.resource_id === resource.id);
    const citation = { evidence, pointer: `/Volumes/${at}`, media_type: 'application/json' } as const;
    return {
      resource,
      versions: [{ item, citations: [citation] }],
      related: [],
      series: [],
      ...(cost === undefined ? {} : { costs: cost }),
    };
  });
  return evaluate(rules, resources, {
    prices: table(EBS_PRICES),
    instanceTypes: table(NO_TABLE),
    lifecycle: table(NO_TABLE),
    asOf: AS_OF,
  });
}

const table = (document: JsonObject): ReturnType<typeof openTable> =>
  openTable(document, evidenceId(sha256Hex(canonicalBytes(document))));

function resourceOf(item: JsonObject): ResourceRef {
  const tag = Array.isArray(item['Tags']) ? item['Tags'][0] : undefined;
  return {
    account: ACCOUNT,
    region: 'us-east-1',
    type: 'EbsVolume',
    id: textOf(item['VolumeId']),
    ...(isJsonObject(tag) ? { name: textOf(tag['Value']) } : {}),
  };
}

function inputOf(
  kind: InputFile['kind'],
  name: string,
  bytes: Uint8Array,
  keep: (bytes: Uint8Array) => EvidenceId,
): InputFile {
  return { kind, name, sha256: sha256Hex(bytes), bytes: bytes.length, evidence: keep(bytes), redactions: 0 };
}

function specOf(id: string, answer: InputFile, bill: InputFile): TaskSpec {
  const [, service = '', region = ''] = id.split('/');
  const isBill = service === 'bill';
  return {
    ...specOfRole(id),
    task_id: id,
    service,
    region: isBill ? 'global' : region,
    evidence: [(isBill ? bill : answer).evidence],
  };
}

function specOfRole(id: string): TaskSpec {
  if (id === 'collector/bill/0') return aTask('collector', { type: 'collector.read-bill' });
  if (id === 'budget/bill/0') return aTask('budget', { type: 'budget.account' });
  return aTask(WorkerRole.parse(id.split('/')[0]));
}

const textOf = (value: JsonObject[string]): string => (typeof value === 'string' ? value : '');

/** RFC 4180, every field quoted. */
const csvText = ({ columns, rows }: CsvTable): string =>
  [columns, ...rows].map((row) => `${row.map((field) => `"${field.replaceAll('"', '""')}"`).join(',')}\r\n`).join('');
