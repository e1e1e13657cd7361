import { billEvidence, type InputFile, type InputManifest, type LivePlan } from '@infrafabric/finops';
import { type PlannedTask, plannedTask } from './planned-task.ts';

/** A collection task reads at most this many files, so that one slow shard holds up little. */
const MAX_FILES_A_TASK = 64;

/** And at most this many bytes of them. */
const MAX_BYTES_A_TASK = 8 * 1024 * 1024;

/**
 * Plans the collection: one task for each account x region to read live, one for each account x region x client group of answers,
 * one for the bill, and one for the decisions of people.
 *
 * Pure: the same manifest gives the same tasks, in whatever order it lists its files.
 */
export function planCollection(manifest: InputManifest, asOf: string): PlannedTask[] {
  return [
    ...liveTasks(manifest.live),
    ...indexTasks(manifest.files),
    ...billTasks(manifest, asOf),
    ...decisionTasks(manifest, asOf),
  ];
}

function liveTasks(live: LivePlan | undefined): PlannedTask[] {
  return (live?.places ?? []).map(({ account, region }) =>
    plannedTask(
      {
        task_id: `collector/live/${account}/${region}`,
        type: 'collector.collect-live',
        role: 'collector',
        service: 'live',
        region: `${account}.${region}`.slice(0, 40),
        phase: 'collection',
        evidence: [],
      },
      {
        kind: 'collect-live',
        account,
        region,
        today: live?.today ?? '',
        days: live?.days ?? 0,
        ...(live?.cost === false ? { cost: false } : {}),
      },
    ),
  );
}

/** The files of the bill, and exchange rates, sorted by content; the same bytes given twice are one file. */
export function billFiles({ files }: InputManifest): InputFile[] {
  const bills = files.filter((file) => file.kind === 'bill' || file.kind === 'rates').sort(byName);
  const distinct = new Map(bills.map((bill) => [bill.evidence, bill]));
  return [...distinct.values()].sort((a, b) => (a.evidence < b.evidence ? -1 : 1));
}

function indexTasks(files: readonly InputFile[]): PlannedTask[] {
  const groups = Map.groupBy(
    files.filter((file) => file.kind === 'answer' || file.kind === 'metrics'),
    groupName,
  );
  return [...groups]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([name, members]) => shards(members).map((shard, n) => indexTask(name, shard, n)));
}

function groupName(file: InputFile): string {
  const where = [file.account, file.region ?? 'global'].filter((part) => part !== undefined).join('.');
  return `${file.client ?? file.kind}/${where}`;
}

function indexTask(name: string, files: readonly InputFile[], shard: number): PlannedTask {
  const [service = 'metrics', where = 'global'] = name.split('/');
  return plannedTask(
    {
      task_id: `collector/${name}/${shard}`,
      type: 'collector.index-estate',
      role: 'collector',
      service: service.slice(0, 40),
      region: where.slice(0, 40),
      phase: 'collection',
      evidence: files.map((file) => file.evidence),
    },
    { kind: 'index-estate', files },
  );
}

function shards(files: readonly InputFile[]): InputFile[][] {
  const shards: InputFile[][] = [];
  let room = 0;
  for (const file of [...files].sort(byName)) {
    const last = shards.at(-1);
    if (last === undefined || last.length >= MAX_FILES_A_TASK || room < file.bytes) {
      shards.push([file]);
      room = MAX_BYTES_A_TASK - file.bytes;
    } else {
      last.push(file);
      room -= file.bytes;
    }
  }
  return shards;
}

/** One task for the bill, however many files it is: only together do they have a total, and lines that stand there twice. */
function billTasks(manifest: InputManifest, asOf: string): PlannedTask[] {
  const files = billFiles(manifest);
  if (files.length === 0) return [];
  return [
    plannedTask(
      {
        task_id: 'collector/bill/0',
        type: 'collector.read-bill',
        role: 'collector',
        service: 'bill',
        region: 'global',
        phase: 'collection',
        evidence: billEvidence(files),
        context: { as_of: asOf },
      },
      { kind: 'read-bill', files },
    ),
  ];
}

function decisionTasks({ files }: InputManifest, asOf: string): PlannedTask[] {
  const decisions = files.filter((file) => file.kind === 'decisions');
  if (decisions.length === 0) return [];
  return [
    plannedTask(
      {
        task_id: 'collector/decisions/0',
        type: 'collector.read-decisions',
        role: 'collector',
        service: 'decisions',
        region: 'global',
        phase: 'collection',
        evidence: decisions.map((file) => file.evidence),
        context: { as_of: asOf },
      },
      { kind: 'read-decisions', files: decisions },
    ),
  ];
}

function byName(a: InputFile, b: InputFile): number {
  const left = `${a.name}|${a.evidence}`;
  const right = `${b.name}|${b.evidence}`;
  if (left === right) return 0;
  return left < right ? -1 : 1;
}
