import { resolve } from 'node:path';
import type { InputManifest, LivePlan } from '@infrafabric/finops';
import { canonicalBytes, type Observer, type SessionId, type SessionRecord, sha256Hex } from '@infrafabric/protocol';
import { systemClock } from './clock.ts';
import type { Config } from './config/config.ts';
import { ingestDecisions } from './decisions/ingest-decisions.ts';
import { RuntimeError } from './errors.ts';
import { type Fabric, openFabric } from './fabric.ts';
import { systemIds } from './ids.ts';
import { type Inputs, ingest, refuseNoInput } from './ingest.ts';
import type { NarrationOptions } from './narrate/narration.ts';
import { refuseForeignFolder } from './replace-folder.ts';
import { writeReport, type WrittenReport } from './report-directory.ts';
import { runSession } from './run-session.ts';
import { refuseUnknownFormat, type RequestTerms, requestTerms } from './session-request.ts';
import { storeTables } from './tables.ts';
import { tellBoth } from './telemetry/tell-both.ts';
import { type Telemetry, withTelemetry } from './telemetry/telemetry.ts';

/** What a door asks for. */
export interface AnalyzeOptions extends Inputs {
  /** YYYY-MM-DD; today in UTC when absent. The only date judgement sees. */
  readonly asOf?: string | undefined;
  readonly question?: string | undefined;
  /** Add the analysis to the history of the data folder. */
  readonly keepsHistory?: boolean;
  /** A document of decisions, or `none`; those of the data folder unless given. */
  readonly decisions?: string | undefined;
  readonly out?: string | undefined;
  /** Words of `FORMATS`. */
  readonly formats: readonly string[];
  /** Start no agents in this process. */
  readonly external: boolean;
  /** The same key with the same request is the same session: finished when it was left, reported again when it is over. */
  readonly key?: string | undefined;
  readonly observer: Observer;
  /** Hears what a live collection is going to read and what that costs, before it starts. */
  readonly notice?: ((line: string) => void) | undefined;
  /** Cancels the session. */
  readonly signal: AbortSignal;
}

/**
 * One analysis from inputs to a report directory that was verified before it was shown.
 *
 * Everything a person typed is checked before the first input is read, and nothing is written to `out` unless all went well.
 * A live collection happens as tasks of the session; only whose account it is, and its regions, are looked up here.
 * @throws RuntimeError `INPUT_NONE`, `OUT_NOT_EMPTY`, `OUT_NOT_WRITABLE`, `CANCELLED`, `SESSION_FAILED`, `CONFIG_INVALID`,
 *   `IDEMPOTENCY_CONFLICT`; ReportError
 *   `FORMAT_UNKNOWN`; CollectError for bad inputs.
 */
export async function analyze(config: Config, options: AnalyzeOptions): Promise<WrittenReport> {
  refuseUnknownFormat(options.formats);
  refuseNoInput(options);
  if (options.out !== undefined) refuseForeignFolder(options.out);
  const terms = requestTerms(config, options, systemClock.nowMs());
  const fabric = await openFabric(config);
  try {
    const log = options.notice ?? (() => undefined);
    const ended = await withTelemetry(fabric, log, (telemetry) => runInWords(fabric, terms, { ...options, telemetry }));
    const written = await writeReport(fabric, ended, options);
    if (options.keepsHistory === true) await addToHistory(fabric, written, options);
    return written;
  } finally {
    await fabric.close();
  }
}

type Running = AnalyzeOptions & { readonly telemetry: Telemetry };

async function runInWords(fabric: Fabric, terms: RequestTerms, options: Running): Promise<SessionRecord> {
  const sessionId = await sessionIdOf(fabric, options);
  const observer = tellBoth(options.observer, options.telemetry.observer);
  return withWords(
    fabric,
    { ...options, observer, sessionId, question: terms.question, asOf: terms.as_of },
    (question) => runToEnd(fabric, { ...terms, question }, { ...options, sessionId }),
  );
}

/** A new id, or the one that the key stands for. @throws RuntimeError `IDEMPOTENCY_CONFLICT`. */
async function sessionIdOf({ clients, addresses, config }: Fabric, options: AnalyzeOptions): Promise<SessionId> {
  const { key, estate, bills, rates, live, asOf, question, decisions } = options;
  if (key === undefined) return newSessionId();
  const [{ sessionOfKey }, { s3Claims }] = await Promise.all([
    import('./host/start-once.ts'),
    import('@infrafabric/store'),
  ]);
  const claims = s3Claims({ client: clients.s3, bucket: addresses.bucketName, tenant: config.tenant });
  const paths = {
    estate: estate === undefined ? undefined : resolve(estate),
    bills: bills.map((bill) => resolve(bill)),
  };
  const asked = { ...paths, rates, live, asOf, question, decisions };
  return sessionOfKey(claims, `analyze ${key}`, asked);
}

async function runToEnd(fabric: Fabric, terms: RequestTerms, options: Running & StartOptions): Promise<SessionRecord> {
  const there = options.key === undefined ? undefined : await fabric.state.session(options.sessionId ?? '');
  const session = there ?? (await startSession(fabric, terms, options));
  const ended = await runSession(fabric, session, options);
  if (ended.state === 'CANCELLED') throw cancelled(session.session_id);
  if (ended.state === 'FAILED') throw failed(ended);
  return ended;
}

/** Runs a session with the model of the settings around it, when there is one: before it for the question, after it for words. */
async function withWords(
  fabric: Fabric,
  options: NarrationOptions,
  run: (question: string | null) => Promise<SessionRecord>,
): Promise<SessionRecord> {
  const { llm, anthropicApiKey } = fabric.config;
  if (llm === 'none') {
    if (anthropicApiKey !== '') options.notice?.(KEY_HINT);
    return run(options.question);
  }
  const { openNarration } = await import('./narrate/narration.ts');
  const narration = await openNarration(fabric, options);
  try {
    return await narration.write(await run(narration.question?.read_as ?? options.question));
  } finally {
    await narration.close();
  }
}

const KEY_HINT =
  'a key of the Claude API is set and nothing was sent to a model; --llm anthropic adds a summary in words';

async function addToHistory(
  fabric: Fabric,
  { report, sources, sha256 }: WrittenReport,
  { notice }: AnalyzeOptions,
): Promise<void> {
  const { keepHistory } = await import('./history/keep-history.ts');
  const failure = await keepHistory(fabric, { report, sources, sha256 });
  if (failure !== undefined) notice?.(failure);
}

/** What `startSession` is told besides the terms. */
export type StartOptions = Inputs &
  Pick<AnalyzeOptions, 'decisions' | 'notice' | 'signal'> & {
    /** Made here when absent; a session that has it already stays as it is. */
    readonly sessionId?: SessionId | undefined;
    /** False: a live collection asks nothing of Cost Explorer. */
    readonly costData?: boolean | undefined;
    /** False: a deployment does not keep the report directory. */
    readonly saveReport?: boolean | undefined;
  };

/** Stores the inputs and the tables, and creates the session that any coordinator may take up. */
export async function startSession(fabric: Fabric, terms: RequestTerms, options: StartOptions): Promise<SessionRecord> {
  const given = await ingest(options, fabric.evidence);
  await forgetCost(fabric, given, options);
  const decided = await ingestDecisions({ from: options.decisions, home: fabric.home.path }, fabric.evidence);
  const files = [...given.files, ...decided];
  const live = options.live === true ? { live: await livePlan(fabric, options) } : {};
  const manifest = { ...given, files, ...live };
  if (options.signal.aborted) throw cancelled();
  const sessionId = options.sessionId ?? newSessionId();
  const [{ id: inputs }, tables] = await Promise.all([
    fabric.blobsOf(sessionId).put(canonicalBytes(manifest)),
    storeTables(fabric.evidence, { home: fabric.home.path, asOf: terms.as_of }),
  ]);
  const now = fabric.clock.nowMs();
  const record: SessionRecord = {
    session_id: sessionId,
    state: 'CREATED',
    request: { ...terms, inputs, ...tables },
    created_at_ms: now,
    deadline_ms: now + fabric.config.sessionDeadlineMinutes * 60_000,
    tick: 0,
    fence: 0,
    phase: 'collection',
    ...(options.saveReport === false ? { save_report: false } : {}),
  };
  return fabric.tracer.span({ name: 'session', session: sessionId, parent: undefined }, async (traceparent) => {
    const traced = { ...record, traceparent };
    const created = await fabric.state.createSession(traced);
    return created ? traced : ((await fabric.state.session(sessionId)) ?? traced);
  });
}

/** An id no session has. */
export function newSessionId(): SessionId {
  return `s-${systemIds.uuidv7()}`;
}

/** A bill that was not read before is newer than what was asked about cost: those answers are dropped. */
async function forgetCost({ config }: Fabric, { files }: InputManifest, { notice }: StartOptions): Promise<void> {
  const bill = files.filter(({ kind }) => kind === 'bill').map(({ sha256 }) => sha256);
  if (bill.length === 0) return;
  const { supersedeAnswers } = await import('./live/answers.ts');
  const dropped = await supersedeAnswers(config, 'cost', sha256Hex(canonicalBytes(bill.sort())));
  if (dropped > 0) notice?.(`cache: ${dropped} answers about cost dropped, this bill is newer`);
}

/** Who is signed in, and which accounts and regions there are: asked at the door, so that a wrong credential starts no session. */
async function livePlan({ config }: Fabric, { notice, signal, costData }: StartOptions): Promise<LivePlan> {
  const [{ openLiveAccess }, { planLive, planText }] = await Promise.all([
    import('./live/access.ts'),
    import('./live/plan-live.ts'),
  ]);
  const access = await openLiveAccess(config);
  try {
    const planned = await planLive(access, config, signal);
    notice?.(planText(planned, config.maxAwsUsd));
    return costData === false ? { ...planned.plan, cost: false } : planned.plan;
  } finally {
    await access.close();
  }
}

function failed({ session_id, code = 'UNEXPECTED', message = '' }: SessionRecord): RuntimeError {
  return new RuntimeError('SESSION_FAILED', {
    message: `the session failed: ${code}: ${message}`,
    where: session_id,
    fix: `infrafabric sessions show ${session_id} says how far it came`,
  });
}

function cancelled(id?: SessionId): RuntimeError {
  return id === undefined
    ? new RuntimeError('CANCELLED', { message: 'stopped while reading the inputs; no session was started' })
    : new RuntimeError('CANCELLED', {
        message: 'the session was cancelled; no report was written',
        where: id,
        fix: `infrafabric sessions show ${id} says how far it came`,
      });
}
