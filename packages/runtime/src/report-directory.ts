import { gather, plannedSpecs } from '@infrafabric/agents';
import { type Gathered } from '@infrafabric/finops';
import {
  digestOf,
  evidenceHex,
  type EvidenceId,
  evidenceId,
  isSessionOver,
  type SessionId,
  type SessionRecord,
  type TaskRecord,
} from '@infrafabric/protocol';
import {
  buildReport,
  type EvidenceLength,
  MAX_EVIDENCE_BYTES,
  type Narrative,
  PATHS,
  type ProofPlan,
  type Report,
  type SessionDocument,
} from '@infrafabric/report';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { RuntimeError } from './errors.ts';
import type { Fabric } from './fabric.ts';
import { type HistorySources, historySources } from './history/snapshot.ts';
import { type LiveSpent, liveSpent } from './live/spent.ts';
import { reconcileReport } from './reconcile-report.ts';
import { type Draft, replaceFolder } from './replace-folder.ts';
import { loggedMessages } from './logged-messages.ts';
import { narrativeOf } from './narrate/kept-narrative.ts';
import { verifyDraft } from './verify-report.ts';

/** A report as it was written. */
export interface WrittenReport {
  readonly sessionId: SessionId;
  readonly out: string;
  readonly report: Report;
  /** The text of report.json in `out`, with a line feed behind it. */
  readonly reportJson: () => string;
  /** Of report.json, in hex. */
  readonly sha256: string;
  readonly root: string;
  /** What the history keeps of what it was made of. */
  readonly sources: HistorySources;
  /** Absent when nothing was read live. */
  readonly live?: LiveSpent;
  /** What a model wrote about it; absent when none was asked. */
  readonly narrative?: Narrative;
}

/** Where and in which formats; a signal that aborts before the folder is touched leaves it alone. */
export interface WriteOptions {
  readonly out?: string | undefined;
  readonly formats: readonly string[];
  readonly signal?: AbortSignal | undefined;
}

/**
 * Writes the report directory of a finished session: drafted from state and evidence, verified as drafted, then put in place whole.
 *
 * @throws RuntimeError `RECONCILIATION_FAILED`, `OUT_NOT_EMPTY`, `SESSION_NOT_REPORTED`, `CANCELLED`, `REPORT_UNVERIFIED` (a bug of ours: nothing is written).
 */
export async function writeReport(
  fabric: Fabric,
  session: SessionRecord,
  options: WriteOptions,
): Promise<WrittenReport> {
  if (session.report_sha256 === undefined) throw notReported(session);
  const sha256 = session.report_sha256.slice('sha256:'.length);
  const out = options.out ?? join(fabric.home.reports, session.session_id);
  const drafted = await replaceFolder(out, async (draft) => {
    const made = await draftReport(draft, { sha256, formats: options.formats }, session, fabric);
    await verifyDraft(draft.path, fabric.keys.rootKeyId, fabric.clock.nowMs());
    if (options.signal?.aborted === true) throw stopped(session);
    return made;
  });
  return {
    ...drafted,
    sessionId: session.session_id,
    out,
    reportJson: () => `${readFileSync(join(out, PATHS.report), 'utf8')}\n`,
    sha256,
    root: fabric.keys.rootKeyId,
  };
}

/** Bytes that hash to what the session says; their shape is judged when the draft is verified, before it is published. */
function reportIn(bytes: Uint8Array): Report {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- named by hash: only our own writers made it
  return JSON.parse(new TextDecoder().decode(bytes)) as Report;
}

function notReported({ session_id, state }: SessionRecord): RuntimeError {
  const isOver = isSessionOver(state);
  return new RuntimeError('SESSION_NOT_REPORTED', {
    message: isOver ? `the session ended ${state} without a report` : `the session is ${state} and has no report yet`,
    where: session_id,
    fix: isOver
      ? 'analyse again'
      : `wait for its end: infrafabric watch ${session_id}; when nobody runs it: infrafabric sessions resume ${session_id}`,
  });
}

function stopped({ session_id, state }: SessionRecord): RuntimeError {
  return new RuntimeError('CANCELLED', {
    message: `stopped before the report was written; the session is ${state}`,
    where: session_id,
    fix: `infrafabric report ${session_id} writes it`,
  });
}

interface Wanted {
  readonly sha256: string;
  readonly formats: readonly string[];
}

type Drafted = Pick<WrittenReport, 'report' | 'sources' | 'live' | 'narrative'>;

/** Fills a draft; of what it is made of, only the report and what the history keeps stay in memory. */
async function draftReport(draft: Draft, wanted: Wanted, session: SessionRecord, fabric: Fabric): Promise<Drafted> {
  const gathered = await gather(session, {
    state: fabric.state,
    blobsOf: fabric.blobsOf,
    mailbox: fabric.mailboxOf('coordinator'),
  });
  const reportBytes = await fabric.blobsOf(session.session_id).get(evidenceId(wanted.sha256));
  const report = reportIn(reportBytes);
  await reconcileReport(report, gathered.manifest.files, fabric.evidence);
  const live = liveSpent(gathered);
  const narrative = await narrativeOf(fabric, session);
  const records = (await fabric.state.tasks(session.session_id)).toSorted((a, b) => (a.task_id < b.task_id ? -1 : 1));
  const evidence = await writeEvidence(report, draft, fabric);
  const [tasks, results] = await Promise.all([plannedSpecs(session, fabric), readResults(records, fabric)]);
  const files = buildReport({
    report,
    reportBytes,
    session: sessionDocument(session, tasks.length, { live, narrative }),
    narrative,
    plan: { request: session.request, manifest: gathered.manifest, tasks, ends: endsOf(gathered, records) },
    trustText: fabric.keys.trustText,
    messages: await loggedMessages(session, records, fabric),
    results,
    evidence,
    formats: wanted.formats,
    signer: fabric.keys.signerOf('coordinator'),
    nowMs: fabric.clock.nowMs(),
  });
  for (const [path, bytes] of files) draft.write(path, bytes);
  return {
    report,
    sources: historySources(gathered),
    ...(live === undefined ? {} : { live }),
    ...(narrative === undefined ? {} : { narrative }),
  };
}

function sessionDocument(
  session: SessionRecord,
  tasks: number,
  { live, narrative }: { readonly live: LiveSpent | undefined; readonly narrative: Narrative | undefined },
): SessionDocument {
  return {
    format: 'infrafabric.session/1',
    session_id: session.session_id,
    started_at: new Date(session.created_at_ms).toISOString(),
    ended_at: new Date(session.ended_at_ms ?? session.created_at_ms).toISOString(),
    state: session.state === 'DONE' ? 'DONE' : 'DONE_WITH_GAPS',
    plan: { maker: narrative?.question === undefined ? 'deterministic' : 'model', tasks },
    spend_usd: { llm: narrative?.spent.usd ?? '0.00', aws: live?.usd ?? '0.00' },
    report_sha256: session.report_sha256 ?? '',
    left_out: [],
  };
}

function endsOf(gathered: Gathered, records: readonly TaskRecord[]): ProofPlan['ends'] {
  const answers = new Map(records.map((record) => [record.task_id, record.answer_wire]));
  const done = gathered.results.map(({ task_id }) => ({
    task_id,
    answer_sha256: digestOf(answers.get(task_id) ?? ''),
    gap: null,
  }));
  const missing = gathered.gaps.map((gap) => ({ task_id: gap.what, answer_sha256: null, gap }));
  return [...done, ...missing].sort((a, b) => (a.task_id < b.task_id ? -1 : 1));
}

/** Copies what the report cites into the draft, one piece after the other; what is too large to travel stays where it is. */
async function writeEvidence(report: Report, draft: Draft, fabric: Fabric): Promise<Map<string, EvidenceLength>> {
  const lengths = new Map<string, EvidenceLength>();
  for (const id of evidenceIn(report)) {
    const bytes = await fabric.evidence.get(id);
    const hex = evidenceHex(id);
    if (bytes.length <= MAX_EVIDENCE_BYTES) draft.write(`${PATHS.evidence}${hex}`, bytes);
    lengths.set(hex, { length: bytes.length });
  }
  return lengths;
}

/** The ids of all evidence that claims cite, of the inputs and of the tables; each once, sorted. */
function evidenceIn(report: Report): EvidenceId[] {
  const cited = report.claims
    .flatMap((claim) => [...claim.citations, ...claim.figures.flatMap((figure) => figure.citations)])
    .map((citation) => citation.evidence);
  return [...new Set([...cited, ...report.inputs.files.map((file) => file.evidence), ...Object.values(report.tables)])]
    .filter((id): id is EvidenceId => id.startsWith('if://evidence/'))
    .sort();
}

async function readResults(records: readonly TaskRecord[], fabric: Fabric): Promise<Map<string, Uint8Array>> {
  const done = records.filter((record) => record.state === 'DONE' && record.result_sha256 !== undefined);
  const read = done.map(async (record) => {
    const hex = (record.result_sha256 ?? '').slice('sha256:'.length);
    const bytes =
      record.result === undefined
        ? await fabric.blobsOf(record.session_id).get(evidenceId(hex))
        : new TextEncoder().encode(record.result);
    return [hex, bytes] as const;
  });
  return new Map(await Promise.all(read));
}
