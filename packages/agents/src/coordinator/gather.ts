import type { Gap, Gathered, GatheredResult } from '@infrafabric/finops';
import type { SessionRecord, TaskId, TaskRecord } from '@infrafabric/protocol';
import type { CoordinatorPorts } from '../ports.ts';
import { manifestOf, plannedSpecs } from './plan.ts';
import { type ResultPorts, verifiedResult } from './results.ts';
import { type SaidTally, saidTally } from './said-tally.ts';

/** What the terminal state of a session comes to. */
export interface Folded {
  readonly gathered: Gathered;
  /** What was said, by the messages on record. */
  readonly said: SaidTally;
}

/**
 * Folds the terminal state of a session into what the report is made of: each planned task exactly once, as a verified
 * result or as a named gap. Reads state and blobs only, so any process gets the same answer at any time.
 */
export async function gather(
  session: SessionRecord,
  ports: ResultPorts & Pick<CoordinatorPorts, 'blobsOf'>,
): Promise<Gathered> {
  return (await fold(session, ports)).gathered;
}

/** The same, with what was said. The records are read once, and a page of them is let go before the next. */
export async function fold(
  session: SessionRecord,
  ports: ResultPorts & Pick<CoordinatorPorts, 'blobsOf'>,
): Promise<Folded> {
  const found = new Map<TaskId, Outcome>();
  const said = saidTally(session.session_id, ports.mailbox);
  for await (const records of ports.state.taskPages(session.session_id)) {
    const page = await Promise.all(records.map(async (record) => outcomeOf(session, record, said, ports)));
    for (const [at, outcome] of page.entries()) found.set(records[at]?.task_id ?? '', outcome);
  }
  const planned = (await plannedSpecs(session, ports)).toSorted((a, b) => (a.task_id < b.task_id ? -1 : 1));
  const outcomes = planned.map(
    ({ task_id }) => found.get(task_id) ?? gap(task_id, 'NOT_STARTED', 'the task was planned and never started'),
  );
  const gathered = {
    request: session.request,
    manifest: await manifestOf(session, ports),
    results: outcomes.filter((outcome) => 'result' in outcome),
    gaps: outcomes.filter((outcome): outcome is Gap => 'what' in outcome),
  };
  return { gathered, said };
}

type Outcome = GatheredResult | Gap;

async function outcomeOf(
  session: SessionRecord,
  record: TaskRecord,
  said: SaidTally,
  ports: ResultPorts,
): Promise<Outcome> {
  const verified = await verifiedResult(session, record, ports);
  said.count(record, verified);
  if (record.state !== 'DONE')
    return gap(
      record.task_id,
      record.code ?? record.state,
      record.message ?? `the task ended ${record.state.toLowerCase()}`,
    );
  return verified?.result ?? gap(record.task_id, 'UNVERIFIED', 'the stored result does not match its signed answer');
}

function gap(what: TaskId, code: string, detail: string): Gap {
  return { code, what, detail };
}
