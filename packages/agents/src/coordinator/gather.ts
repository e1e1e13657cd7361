import type { Gap, Gathered } from '@infrafabric/finops';
import type { SessionRecord, TaskRecord, TaskSpec } from '@infrafabric/protocol';
import type { CoordinatorPorts } from '../ports.ts';
import { manifestOf, plannedSpecs } from './plan.ts';
import { type ResultPorts, verifiedResult } from './results.ts';

/**
 * Folds the terminal state of a session into what the report is made of: each planned task exactly once, as a verified
 * result or as a named gap. Reads state and blobs only, so any process gets the same answer at any time.
 */
export async function gather(
  session: SessionRecord,
  ports: ResultPorts & Pick<CoordinatorPorts, 'blobsOf'>,
): Promise<Gathered> {
  return gatherRecords(session, await ports.state.tasks(session.session_id), ports);
}

/** The same of records that were read already. */
export async function gatherRecords(
  session: SessionRecord,
  tasks: readonly TaskRecord[],
  ports: ResultPorts & Pick<CoordinatorPorts, 'blobsOf'>,
): Promise<Gathered> {
  const records = new Map(tasks.map((record) => [record.task_id, record]));
  const specs = (await plannedSpecs(session, ports)).toSorted((a, b) => (a.task_id < b.task_id ? -1 : 1));
  const outcomes = await Promise.all(specs.map((spec) => outcomeOf(session, spec, records.get(spec.task_id), ports)));
  return {
    request: session.request,
    manifest: await manifestOf(session, ports),
    results: outcomes.filter((outcome) => 'result' in outcome),
    gaps: outcomes.filter((outcome): outcome is Gap => 'what' in outcome),
  };
}

async function outcomeOf(session: SessionRecord, spec: TaskSpec, record: TaskRecord | undefined, ports: ResultPorts) {
  if (record === undefined) return gap(spec, 'NOT_STARTED', 'the task was planned and never started');
  if (record.state !== 'DONE')
    return gap(spec, record.code ?? record.state, record.message ?? `the task ended ${record.state.toLowerCase()}`);
  return (
    (await verifiedResult(session, record, ports)) ??
    gap(spec, 'UNVERIFIED', 'the stored result does not match its signed answer')
  );
}

function gap(spec: TaskSpec, code: string, detail: string): Gap {
  return { code, what: spec.task_id, detail };
}
