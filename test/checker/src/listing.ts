import type { HistoryIndex, Placed } from './history-index.ts';
import type { ReportEntry } from './history.ts';
import type { SessionItem, TaskItem } from './items.ts';

/** What a report lists of its session. */
export interface Listing {
  readonly report: Placed<ReportEntry>;
  readonly session: SessionItem;
  /** Ids of the tasks it has a result of, as often as it lists them, with the result where the report holds it. */
  readonly results: readonly { readonly task_id: string; readonly result?: unknown }[];
  /** Ids of the tasks it names as gaps, with the code. */
  readonly gaps: readonly { readonly task_id: string; readonly code: string }[];
}

interface ReportText {
  readonly results?: readonly { readonly task_id: string; readonly result: unknown }[];
  readonly gaps?: readonly { readonly what: string; readonly code: string }[];
  readonly plan?: { readonly tasks?: readonly string[] };
}

/** Every report that was made, with what it lists; one that is not JSON lists nothing. */
export function listingsOf(index: HistoryIndex): Listing[] {
  return index.reports.flatMap((report) => {
    const session = itemAt(index.sessions.get(report.session)?.steps ?? [], report.seq, index);
    return session === undefined ? [] : [{ report, session, ...listed(report) }];
  });
}

/** The task as it stood when the report was made; as it may have been read just before, where somebody tampered with it since. */
export function tasksAt({ report, session }: Listing, task: string, index: HistoryIndex): TaskItem[] {
  const steps = index.tasks.get(`${session.session_id} ${task}`)?.steps ?? [];
  const own = index.sessions.get(session.session_id)?.steps ?? [];
  const begun = own.findLast(({ seq, by }) => seq < report.seq && by === report.by)?.seq ?? report.seq;
  const tampered = steps.filter(({ seq, cause }) => cause === 'tamper' && seq > begun && seq < report.seq);
  const now = itemAt(steps, report.seq, index);
  return [now, ...tampered.map(({ before }) => before)].filter((item) => item !== undefined);
}

function itemAt<Item>(
  steps: readonly { readonly seq: number; readonly after: Item }[],
  seq: number,
  { world }: HistoryIndex,
): Item | undefined {
  if (world.scope === 'final') return steps.at(-1)?.after;
  return (steps.findLast((step) => step.seq < seq) ?? steps[0])?.after;
}

function listed({ text, format }: ReportEntry): Pick<Listing, 'results' | 'gaps'> {
  const said = parse(text);
  const gaps = (said.gaps ?? []).map(({ what, code }) => ({ task_id: what, code }));
  if (format === 'gathered') return { results: said.results ?? [], gaps };
  const planned = said.plan?.tasks ?? [];
  const missing = new Set(gaps.map(({ task_id }) => task_id));
  const results = planned.filter((task) => !missing.has(task)).map((task_id) => ({ task_id }));
  return { results, gaps: gaps.filter(({ task_id }) => planned.includes(task_id)) };
}

function parse(text: string): ReportText {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? value : {};
  } catch {
    return {};
  }
}
