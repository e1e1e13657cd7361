import type { SessionId } from '@infrafabric/protocol';
import { s3Claims } from '@infrafabric/store';
import { newSessionId, startSession } from '../analyze.ts';
import type { Config } from '../config/config.ts';
import { demoInputs } from '../demo.ts';
import { RuntimeError } from '../errors.ts';
import type { Fabric } from '../fabric.ts';
import { refuseNoInput } from '../ingest.ts';
import { requestTerms } from '../session-request.ts';
import { lineOf, type SessionLine } from '../session-line.ts';
import { type HostedInputs, withInputs } from './lent-inputs.ts';
import { sessionOfKey } from './start-once.ts';
import type { Uploads } from './uploads.ts';

/** What is asked of a host: the same line as `analyze`, with inputs that are no paths of this machine. */
export interface HostedAnalysis extends HostedInputs {
  /** The sample that ships with InfraFabric, judged at its own date. */
  readonly demo?: boolean | undefined;
  /** Read the AWS account of this machine's credentials. */
  readonly live?: HostedLive | undefined;
  /** YYYY-MM-DD; today in UTC when absent. */
  readonly asOf?: string | undefined;
  readonly question?: string | undefined;
  readonly budgetUsd?: string | undefined;
  readonly agents?: readonly string[] | undefined;
}

/** What a live collection reads; the settings of the server where absent. */
export interface HostedLive {
  readonly regions?: readonly string[] | undefined;
  readonly days?: number | undefined;
}

/**
 * Starts a session and answers at once; its inputs were read and found good. The same key starts one session, however often
 * and at how many hosts it is sent.
 *
 * @throws as `analyze` and `withInputs`; RuntimeError `IDEMPOTENCY_CONFLICT`, `SESSION_LIMIT`.
 */
export type StartHosted = (asked: HostedAnalysis, key?: string) => Promise<SessionLine>;

/** When a slot may be free again. */
const RETRY_AFTER_MS = 5_000;

/** The way into sessions of one process: what starts here, once and within the limit of unfinished sessions. */
export function starterOf(fabric: Fabric, uploads: Uploads, signal: AbortSignal): StartHosted {
  /** Sessions that are being started, by id, the first first: callers with one key wait for the same start. */
  const starting = new Map<SessionId, Promise<SessionLine>>();

  const startIn = async (id: SessionId, asked: HostedAnalysis): Promise<SessionLine> => {
    const there = await fabric.state.session(id);
    if (there !== undefined) return lineOf(there);
    await refuseTooMany(fabric, [...starting.keys()], id);
    return start(fabric, uploads, asked, { id, signal });
  };
  const join = (id: SessionId, asked: HostedAnalysis): Promise<SessionLine> => {
    const started =
      starting.get(id) ??
      Promise.resolve()
        .then(() => startIn(id, asked))
        .finally(() => starting.delete(id));
    starting.set(id, started);
    return started;
  };
  const { s3: client } = fabric.clients;
  const claims = s3Claims({ client, bucket: fabric.addresses.bucketName, tenant: fabric.config.tenant });
  return async (asked, key) => join(key === undefined ? newSessionId() : await sessionOfKey(claims, key, asked), asked);
}

/** Counts what runs and what was asked to start before `id`. */
async function refuseTooMany(fabric: Fabric, starting: readonly SessionId[], id: SessionId): Promise<void> {
  const most = fabric.config.apiMaxSessions;
  const open = await fabric.state.sessions({ onlyOpen: true });
  const running = open.filter((one) => !starting.includes(one.session_id)).length;
  if (running + starting.indexOf(id) < most) return;
  throw new RuntimeError('SESSION_LIMIT', {
    message: `expected at most ${most} sessions at a time, and so many are not over`,
    fix: 'wait for one to end, or cancel one; INFRAFABRIC_API_MAX_SESSIONS is the limit',
    retryAfterMs: RETRY_AFTER_MS,
  });
}

interface Named {
  readonly id: SessionId;
  readonly signal: AbortSignal;
}

async function start(
  fabric: Fabric,
  uploads: Uploads,
  asked: HostedAnalysis,
  { id, signal }: Named,
): Promise<SessionLine> {
  const config = configOf(fabric.config, asked);
  return withInputs(fabric, uploads, asked, async (lent) => {
    const { asOf, ...inputs } =
      asked.demo === true ? demoInputs() : { ...lent, live: asked.live !== undefined, asOf: asked.asOf };
    refuseNoInput(inputs);
    const terms = requestTerms(config, { asOf, question: asked.question }, fabric.clock.nowMs());
    return lineOf(await startSession({ ...fabric, config }, terms, { ...inputs, signal, sessionId: id }));
  });
}

function configOf(config: Config, { agents, budgetUsd, live }: HostedAnalysis): Config {
  return {
    ...config,
    ...(agents === undefined ? {} : { roles: agents }),
    ...(budgetUsd === undefined ? {} : { budgetMonthlyUsd: budgetUsd }),
    ...(live?.regions === undefined ? {} : { awsRegions: live.regions }),
    ...(live?.days === undefined ? {} : { metricDays: live.days }),
  };
}
