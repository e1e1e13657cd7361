import {
  actOf,
  type Gap,
  type Gathered,
  type GatheredResult,
  type InputManifest,
  type TaskResult,
} from '@infrafabric/finops';
import {
  canonicalBytes,
  contentRef,
  deferred,
  digestOf,
  evidenceHex,
  evidenceId,
  type EvidenceId,
  largeContent,
  type Opened,
  type OpenedRequest,
  openMessage,
  replyTo,
  requestFor,
  type SessionRequest,
  sha256Hex,
  type TaskSpec,
} from '@infrafabric/protocol';
import type { Swarm } from '@infrafabric/protocol/testing';
import { buildReport, type LoggedMessage, type ReportParts } from '../build-report.ts';
import { composeReport } from '../compose.ts';
import type { ProofPlan } from '../proof-plan.ts';
import { RENDERERS } from '../renderers/catalogue.ts';

/** A task of a test session and how it ended. */
export interface EndedTask {
  readonly spec: TaskSpec;
  readonly end: TaskResult | Pick<Gap, 'code' | 'detail'>;
}

/** Everything a test session was given and did. */
export interface TestSession {
  readonly swarm: Swarm;
  readonly request: Omit<SessionRequest, 'inputs'>;
  readonly manifest: InputManifest;
  readonly tasks: readonly EndedTask[];
  /** Bytes by evidence id. */
  readonly evidence: ReadonlyMap<EvidenceId, Uint8Array>;
}

const SECOND_MS = 1000;

/** What the coordinator of a test session had gathered at its end. */
export function gatheredIn({ request, manifest, tasks }: TestSession): Gathered {
  const sorted = tasks.toSorted((a, b) => (a.spec.task_id < b.spec.task_id ? -1 : 1));
  return {
    request: { ...request, inputs: evidenceId(sha256Hex(canonicalBytes(manifest))) },
    manifest,
    results: sorted.flatMap(({ spec, end }): GatheredResult[] =>
      'kind' in end ? [{ task_id: spec.task_id, role: spec.role, result: end }] : [],
    ),
    gaps: sorted.flatMap(({ spec, end }): Gap[] => ('kind' in end ? [] : [{ ...end, what: spec.task_id }])),
  };
}

/**
 * The parts of the report of a test session: real requests and answers by the keys of its swarm, one second apart, results by
 * hash, and the report composed of them.
 */
export function partsOf(session: TestSession): ReportParts {
  const { swarm, tasks, evidence } = session;
  const gathered = gatheredIn(session);
  const report = composeReport(gathered);
  const reportBytes = canonicalBytes(report);
  const talk = tasks.map((task, at) => talkOf(swarm, task, swarm.nowMs + 2 * at * SECOND_MS));
  const endMs = swarm.nowMs + 2 * tasks.length * SECOND_MS;
  return {
    report,
    reportBytes,
    session: {
      format: 'infrafabric.session/1',
      session_id: swarm.session,
      started_at: new Date(swarm.nowMs).toISOString(),
      ended_at: new Date(endMs).toISOString(),
      state: report.gaps.length === 0 ? 'DONE' : 'DONE_WITH_GAPS',
      plan: { maker: 'deterministic', tasks: tasks.length },
      spend_usd: { llm: '0.00', aws: '0.00' },
      report_sha256: digestOf(reportBytes),
      left_out: [],
    },
    plan: {
      request: gathered.request,
      manifest: session.manifest,
      tasks: tasks.map((task) => task.spec),
      ends: endsOf(tasks, talk, gathered),
    },
    trustText: swarm.trustText,
    messages: talk.flatMap((one) => one.messages),
    results: new Map(
      gathered.results.map(({ result }) => {
        const bytes = canonicalBytes(result);
        return [sha256Hex(bytes), bytes] as const;
      }),
    ),
    evidence: new Map([...evidence].map(([id, bytes]) => [evidenceHex(id), bytes])),
    formats: RENDERERS.map((renderer) => renderer.format),
    signer: swarm.agents.coordinator.signer,
    nowMs: endMs,
  };
}

/** The report directory of a test session, really signed. */
export function aReportFolder(session: TestSession, change: Partial<ReportParts> = {}): Map<string, Uint8Array> {
  return new Map(buildReport({ ...partsOf(session), ...change }));
}

interface Talk {
  readonly messages: readonly LoggedMessage[];
  readonly answer?: string;
}

function talkOf(swarm: Swarm, { spec, end }: EndedTask, atMs: number): Talk {
  const { coordinator } = swarm.agents;
  const worker = swarm.agents[spec.role];
  const header = { sender: coordinator.address, uuid: swarm.uuid(), nowMs: atMs };
  const draft = requestFor(spec, {
    ...header,
    session: swarm.session,
    dispatch: 1,
    deadlineMs: atMs + 600 * SECOND_MS,
  });
  const content = largeContent(draft.content);
  const folder = `s3://results/t/test/s/${swarm.session}/blob/`;
  const wire = coordinator.sequence.seal(content === undefined ? draft : deferred(draft, contentRef(content, folder)));
  const sent: LoggedMessage = { wire, direction: 'sent', atMs, content };
  if (!('kind' in end)) return { messages: [sent] };
  const request = asRequest(openMessage(wire, { ...worker.context(), nowMs: atMs, contentOf: () => content }));
  const bytes = canonicalBytes(end);
  const sha256 = digestOf(bytes);
  const reply = replyTo(
    request,
    {
      performative: actOf(end),
      fence: 1,
      citation: { source_url: evidenceId(sha256Hex(bytes)), evidence_hash: sha256 },
      content: { result: { sha256, size: bytes.length, media_type: 'application/json' } },
    },
    { sender: worker.address, uuid: swarm.uuid(), nowMs: atMs + SECOND_MS },
  );
  const answer = worker.sequence.seal(reply);
  return { messages: [sent, { wire: answer, direction: 'received', atMs: atMs + SECOND_MS }], answer };
}

function asRequest(opened: Opened): OpenedRequest {
  const { message } = opened;
  if (message.performative === 'request' || message.performative === 'challenge') return { ...opened, message };
  throw new TypeError(`expected an order, got ${message.performative}`);
}

function endsOf(tasks: readonly EndedTask[], talk: readonly Talk[], gathered: Gathered): ProofPlan['ends'] {
  return tasks
    .map(({ spec }, at) => {
      const answer = talk[at]?.answer;
      return {
        task_id: spec.task_id,
        answer_sha256: answer === undefined ? null : digestOf(answer),
        gap: gathered.gaps.find((gap) => gap.what === spec.task_id) ?? null,
      };
    })
    .sort((a, b) => (a.task_id < b.task_id ? -1 : 1));
}
