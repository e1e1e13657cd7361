import type { StoredExchange } from '@infrafabric/bus';
import { actOf, type GatheredResult, type TaskResult } from '@infrafabric/finops';
import {
  claimedContentRef,
  type Digest,
  digestOf,
  evidenceId,
  isInfraFabricError,
  isResultAct,
  type MessageOf,
  type SessionRecord,
  type TaskRecord,
  type TaskType,
} from '@infrafabric/protocol';
import { parseJson } from '../blob-json.ts';
import type { CoordinatorPorts } from '../ports.ts';

/** What reading results needs; `report` re-reads them the same way later. */
export type ResultPorts = Pick<CoordinatorPorts, 'state' | 'blobsOf' | 'mailbox'>;

/** What each type of task returns. */
const KIND_OF: Readonly<Record<TaskType, TaskResult['kind']>> = {
  'collector.collect-live': 'live',
  'collector.index-estate': 'index',
  'collector.read-bill': 'bill',
  'collector.read-decisions': 'decisions',
  'pricing.judge': 'judge',
  'pricing.commitments': 'commitments',
  'rightsizing.judge': 'judge',
  'upgrade-risk.judge': 'judge',
  'budget.account': 'budget',
  'budget.challenge': 'challenge',
};

/** The verified results of every task that is done; what does not verify is left out (and becomes a gap in `gather`). */
export async function resultsOf(session: SessionRecord, ports: ResultPorts): Promise<GatheredResult[]> {
  const results: GatheredResult[] = [];
  for await (const records of ports.state.taskPages(session.session_id)) {
    const page = await Promise.all(records.map((record) => verifiedResult(session, record, ports)));
    for (const verified of page) if (verified !== undefined) results.push(verified.result);
  }
  return results;
}

/** A result with the messages that it was verified by. */
export interface VerifiedResult {
  readonly result: GatheredResult;
  readonly exchange: StoredExchange;
}

/**
 * The result of one task, if its signature, its binding to our request for this task and its hash all verify.
 *
 * The state store is not believed: a DONE item whose signed answer does not name exactly these bytes has no result.
 */
export async function verifiedResult(
  session: SessionRecord,
  record: TaskRecord,
  ports: ResultPorts,
): Promise<VerifiedResult | undefined> {
  const { task_id, role, request_wire: requestWire } = record;
  if (record.state !== 'DONE' || record.answer_wire === undefined) return undefined;
  const content = await contentBeside(session, requestWire, ports);
  const binding = { session: session.session_id, requestWire, role, content };
  const exchange = ports.mailbox.openStored(record.answer_wire, binding);
  if (exchange === undefined) return undefined;
  const { request, answer } = exchange;
  if (!isResultAct(answer) || answer.task.task_id !== task_id) return undefined;
  const { sha256 } = answer.content.result;
  if (request.task.task_id !== task_id || answer.citation.evidence_hash !== sha256) return undefined;
  const bytes = await resultBytes(session, record, sha256, ports);
  if (bytes === undefined || digestOf(bytes) !== sha256) return undefined;
  const result = readResult(bytes, answer, request.content.task.type);
  return result === undefined ? undefined : { result: { task_id, role, result }, exchange };
}

/** What a request refers to, where its content travelled beside it. */
async function contentBeside(
  session: SessionRecord,
  requestWire: string,
  ports: ResultPorts,
): Promise<Uint8Array | undefined> {
  const ref = claimedContentRef(requestWire);
  return ref === undefined ? undefined : blobOf(session, ref.sha256, ports);
}

/** The bytes the item holds or the blob has; `undefined` when they are gone or damaged. */
async function resultBytes(
  session: SessionRecord,
  record: TaskRecord,
  sha256: Digest,
  ports: ResultPorts,
): Promise<Uint8Array | undefined> {
  return record.result === undefined ? blobOf(session, sha256, ports) : new TextEncoder().encode(record.result);
}

/** The blob of a session under its hash; `undefined` when it is gone or damaged. */
async function blobOf(
  session: SessionRecord,
  sha256: Digest,
  ports: Pick<ResultPorts, 'blobsOf'>,
): Promise<Uint8Array | undefined> {
  try {
    return await ports.blobsOf(session.session_id).get(evidenceId(sha256.slice('sha256:'.length)));
  } catch (error) {
    if (isInfraFabricError(error) && ['EVIDENCE_MISSING', 'EVIDENCE_CORRUPT'].includes(error.code)) return undefined;
    throw error;
  }
}

const textOf = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);

/** The result in bytes that were found to have the hash of an answer, if it is of the kind the task asked for and says what the act says. */
function readResult(
  bytes: Uint8Array,
  { performative, content }: MessageOf<'inform' | 'confirm' | 'disconfirm'>,
  type: TaskType,
): TaskResult | undefined {
  const { sha256 } = content.result;
  try {
    const result = PARSED.get(sha256)?.deref() ?? parseJson<TaskResult | null>(textOf(bytes));
    if (result?.kind !== KIND_OF[type] || actOf(result) !== performative) return undefined;
    remember(sha256, result);
    return result;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/**
 * Results by the hash of their bytes while something still holds them, or nothing has asked for their memory: they are read to
 * plan, to report and to write the report down. Handed out to several: read them, never change them.
 */
const PARSED = new Map<Digest, WeakRef<TaskResult>>();

/** A session of 100,000 resources has some 700 results. */
const MOST_PARSED = 1_000;

function remember(sha256: Digest, result: TaskResult): void {
  PARSED.delete(sha256);
  PARSED.set(sha256, new WeakRef(result));
  for (const oldest of PARSED.keys()) {
    if (PARSED.size <= MOST_PARSED) return;
    PARSED.delete(oldest);
  }
}
