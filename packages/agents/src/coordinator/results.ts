import type { GatheredResult, TaskResult } from '@infrafabric/finops';
import { digestOf, evidenceId, type SessionRecord, type TaskRecord } from '@infrafabric/protocol';
import type { CoordinatorPorts } from '../ports.ts';

/** What reading results needs; `report` re-reads them the same way later. */
export type ResultPorts = Pick<CoordinatorPorts, 'state' | 'blobsOf' | 'mailbox'>;

/** The verified results of every task that is done; what does not verify is left out (and becomes a gap in `gather`). */
export async function resultsOf(session: SessionRecord, ports: ResultPorts): Promise<GatheredResult[]> {
  const records = await ports.state.tasks(session.session_id);
  const results = await Promise.all(records.map((record) => verifiedResult(session, record, ports)));
  return results.filter((result) => result !== undefined);
}

/**
 * The result of one task, if its signature, its binding to our request and its hash all verify.
 *
 * The state store is not believed: a DONE item whose signed answer does not name exactly these bytes has no result.
 */
export async function verifiedResult(
  session: SessionRecord,
  record: TaskRecord,
  ports: ResultPorts,
): Promise<GatheredResult | undefined> {
  if (record.state !== 'DONE' || record.answer_wire === undefined || record.result_sha256 === undefined)
    return undefined;
  const answer = ports.mailbox.openStored(record.answer_wire, {
    session: session.session_id,
    requestWire: record.request_wire,
    role: record.role,
  });
  if (answer?.performative !== 'inform' || answer.task.task_id !== record.task_id) return undefined;
  const bytes = await resultBytes(record, ports);
  if (
    digestOf(bytes) !== answer.content.result.sha256 ||
    answer.citation.evidence_hash !== answer.content.result.sha256
  )
    return undefined;
  return {
    task_id: record.task_id,
    role: record.role,
    result: JSON.parse(new TextDecoder().decode(bytes)) as TaskResult,
  };
}

async function resultBytes(record: TaskRecord, ports: ResultPorts): Promise<Uint8Array> {
  if (record.result !== undefined) return new TextEncoder().encode(record.result);
  return ports.blobsOf(record.session_id).get(evidenceId((record.result_sha256 ?? '').replace('sha256:', '')));
}
