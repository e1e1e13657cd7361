import { digestIn } from './digest.ts';
import type {
  BlobEntry,
  HistoryEntry,
  ProcessEntry,
  RedriveEntry,
  ReportEntry,
  WorldEntry,
  WriteEntry,
} from './history.ts';
import type { SessionItem, TaskItem } from './items.ts';
import { isTaskOver, type Life, type Step } from './life.ts';
import { type JudgedWire, wireJudge } from './wire.ts';

/** An entry and its place in the history (0-based). */
export type Placed<Entry> = Entry & { readonly seq: number };

/** Bytes as they were put; `seq` of the first time. */
export interface Blob {
  readonly seq: number;
  readonly bytes: Buffer;
}

/** A history, sorted out once for all invariants. */
export interface HistoryIndex {
  readonly world: WorldEntry;
  readonly entries: readonly HistoryEntry[];
  /** Everybody had the time to finish. */
  readonly isEnded: boolean;
  readonly sessions: ReadonlyMap<string, Life<SessionItem>>;
  /** By `<session> <task>`. */
  readonly tasks: ReadonlyMap<string, Life<TaskItem>>;
  readonly tasksOf: (session: string) => readonly Life<TaskItem>[];
  /** By digest. */
  readonly blobs: ReadonlyMap<string, Blob>;
  /** By name, as they started. */
  readonly processes: ReadonlyMap<string, ProcessEntry>;
  readonly reports: readonly Placed<ReportEntry>[];
  /** Sessions, and blobs by digest, that somebody changed behind everybody's back. */
  readonly tampered: ReadonlySet<string>;
  /** The bytes of a copy in a queue. */
  readonly bodies: ReadonlyMap<string, string>;
  readonly judge: (wire: string) => JudgedWire;
  /** Ids of the tasks a session planned; undefined when a plan is not among the blobs. */
  readonly plannedIn: (session: SessionItem) => readonly string[] | undefined;
}

/** Sorts a history out. @throws TypeError when it does not begin with its world. */
export function indexHistory(entries: readonly HistoryEntry[]): HistoryIndex {
  const [world] = entries;
  if (world?.kind !== 'world') throw new TypeError('expected a history that begins with its world');
  const found = emptyFindings();
  for (const [seq, entry] of entries.entries()) note(entry, seq, found);
  const { tasks, blobs, bySession } = found;
  return {
    ...found,
    world,
    entries,
    isEnded: entries.at(-1)?.kind === 'end',
    tasks,
    tasksOf: (session) => bySession.get(session) ?? [],
    judge: wireJudge(world),
    plannedIn: (session) => plannedIn(session, blobs),
  };
}

interface Findings {
  readonly sessions: Map<string, Life<SessionItem>>;
  readonly tasks: Map<string, Life<TaskItem>>;
  readonly bySession: Map<string, Life<TaskItem>[]>;
  readonly blobs: Map<string, Blob>;
  readonly processes: Map<string, ProcessEntry>;
  readonly reports: Placed<ReportEntry>[];
  readonly tampered: Set<string>;
  readonly bodies: Map<string, string>;
}

const emptyFindings = (): Findings => ({
  sessions: new Map(),
  tasks: new Map(),
  bySession: new Map(),
  blobs: new Map(),
  processes: new Map(),
  reports: [],
  tampered: new Set(),
  bodies: new Map(),
});

function note(entry: HistoryEntry, seq: number, found: Findings): void {
  switch (entry.kind) {
    case 'process':
      if (entry.event === 'start') found.processes.set(entry.process, entry);
      return;
    case 'blob':
      return noteBlob(entry, seq, found);
    case 'report':
      found.reports.push({ ...entry, seq });
      return;
    case 'enqueue':
      found.bodies.set(entry.message, entry.body);
      return;
    case 'redrive':
      return noteRedrive(entry, found);
    case 'tamper':
      found.tampered.add(entry.table === 'blob' ? digestIn(entry.id) : entry.session);
      if (entry.table !== 'blob')
        noteItem(entry.table, entry.after, { ...NOT_WRITTEN, seq, at_ms: entry.at_ms }, found);
      return;
    case 'item':
      return noteItem(entry.table, entry.item, { ...NOT_WRITTEN, cause: 'found', seq, at_ms: entry.at_ms }, found);
    case 'write':
      return noteWrite(entry, seq, found);
    default:
  }
}

const NOT_WRITTEN = { cause: 'tamper', isTold: false } as const;

function noteBlob({ id, text, base64 }: BlobEntry, seq: number, { blobs }: Findings): void {
  const bytes = text === undefined ? Buffer.from(base64 ?? '', 'base64') : Buffer.from(text);
  const digest = digestIn(id);
  if (!blobs.has(digest)) blobs.set(digest, { seq, bytes });
}

function noteRedrive({ session, task }: RedriveEntry, { tasks, sessions }: Findings): void {
  for (const life of [tasks.get(`${session} ${task}`), sessions.get(session)])
    if (life !== undefined) life.isReopened = true;
}

function noteWrite({ table, by, outcome, after, at_ms }: WriteEntry, seq: number, found: Findings): void {
  if (outcome === 'refused' || outcome === 'lost' || after === undefined) return;
  noteItem(table, after, { seq, at_ms, by, cause: 'write', isTold: outcome === 'applied' }, found);
}

function noteItem(
  table: 'session' | 'task',
  after: SessionItem | TaskItem,
  how: Omit<Step<never>, 'before' | 'after' | 'reopens'>,
  found: Findings,
): void {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the table says which kind of item it is
  step(lifeOf(table, after, found) as Life<SessionItem | TaskItem>, { ...how, after });
}

function step<Item extends SessionItem | TaskItem>(
  life: Life<Item>,
  { after, ...at }: Omit<Life<Item>['steps'][number], 'before' | 'reopens'>,
): void {
  life.steps.push({ ...at, before: life.last, after, reopens: life.isReopened });
  life.last = after;
  life.isReopened &&= isTaskOver(after);
}

function lifeOf(
  table: 'session' | 'task',
  after: SessionItem | TaskItem,
  { sessions, tasks, bySession }: Findings,
): Life<SessionItem> | Life<TaskItem> {
  const session = after.session_id;
  if (table === 'session' || !('task_id' in after)) return kept(sessions, session, { session, name: session });
  const name = `${session} ${after.task_id}`;
  const isNew = !tasks.has(name);
  const life = kept(tasks, name, { session, name: after.task_id });
  if (isNew) kept(bySession, session, []).push(life);
  return life;
}

function kept<Value extends object>(map: Map<string, Value>, key: string, fresh: object): Value {
  const known = map.get(key);
  if (known !== undefined) return known;
  const value = (Array.isArray(fresh) ? fresh : { steps: [], isReopened: false, ...fresh }) as Value;
  map.set(key, value);
  return value;
}

function plannedIn(session: SessionItem, blobs: ReadonlyMap<string, Blob>): readonly string[] | undefined {
  const plans = [session.plan_collection, session.plan_analysis, session.plan_challenge].filter(
    (id) => id !== undefined,
  );
  const lists = plans.map((id) => blobs.get(digestIn(id))?.bytes);
  if (lists.includes(undefined)) return undefined;
  return lists.flatMap((bytes) => taskIds(bytes));
}

function taskIds(bytes: Buffer | undefined): string[] {
  const specs: unknown = JSON.parse(bytes?.toString() ?? '[]');
  return Array.isArray(specs) ? specs.map((spec: { task_id: string }) => spec.task_id) : [];
}
