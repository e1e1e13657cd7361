import { sealWake, wakeOf } from '@infrafabric/agents';
import type { SessionId, SessionRecord } from '@infrafabric/protocol';
import { s3Claims } from '@infrafabric/store';
import { newSessionId, startSession } from '../analyze.ts';
import type { Config } from '../config/config.ts';
import type { Fabric } from '../fabric.ts';
import { withInputs } from '../host/lent-inputs.ts';
import { sessionOfKey } from '../host/start-once.ts';
import { openUploads } from '../host/uploads.ts';
import type { Inputs } from '../ingest.ts';
import { requestTerms } from '../session-request.ts';
import { withDeadline } from './deadline.ts';
import { once } from './once.ts';
import { type FunctionEnvironment, openDeployment } from './open-deployment.ts';

/** What a deployment is asked to analyse. */
export interface StartOrder {
  /** The sample that ships with InfraFabric instead of the account of the deployment, judged at its own date. */
  readonly demo?: boolean | undefined;
  /** A zip of an estate directory, and files that together are one bill: `s3://<our bucket>/t/<tenant>/inputs/…`. Nothing is read live then. */
  readonly estate?: string | undefined;
  readonly bills?: readonly string[] | undefined;
  readonly regions?: readonly string[] | undefined;
  readonly days?: number | undefined;
  /** False: nothing is asked of Cost Explorer. */
  readonly costData?: boolean | undefined;
  readonly saveReport?: boolean | undefined;
  readonly question?: string | undefined;
  /** YYYY-MM-DD; today in UTC when absent. */
  readonly asOf?: string | undefined;
  /** The same key starts one session, however often it is sent. */
  readonly key?: string | undefined;
}

/** The session that was started. */
export interface Started {
  readonly session_id: SessionId;
  readonly state: SessionRecord['state'];
}

/**
 * The function that starts an analysis: inputs and tables become evidence, the session is created, and the coordinator is told.
 *
 * A session of this key that was created already is told of again: whoever made it may have been stopped before.
 * @throws as `analyze`; RuntimeError `IDEMPOTENCY_CONFLICT`.
 */
export function startFunction(
  environment: FunctionEnvironment = process.env,
): (order: StartOrder, remainingMs: number) => Promise<Started> {
  const opened = once(async () => openDeployment('coordinator', environment));
  return async (order, remainingMs) => {
    const { fabric, queue } = await opened();
    const id = await sessionIdOf(order, fabric);
    const there = order.key === undefined ? undefined : await fabric.state.session(id);
    const session = there ?? (await withDeadline(remainingMs, async (signal) => start(fabric, order, { id, signal })));
    const signer = fabric.keys.signerOf('coordinator');
    await queue.send(sealWake(wakeOf(session, fabric.clock.nowMs()), signer), 0);
    return { session_id: session.session_id, state: session.state };
  };
}

async function sessionIdOf({ key, ...asked }: StartOrder, fabric: Fabric): Promise<SessionId> {
  if (key === undefined) return newSessionId();
  const { s3: client } = fabric.clients;
  const claims = s3Claims({ client, bucket: fabric.addresses.bucketName, tenant: fabric.config.tenant });
  return sessionOfKey(claims, key, asked);
}

async function start(
  fabric: Fabric,
  order: StartOrder,
  { id, signal }: { readonly id: SessionId; readonly signal: AbortSignal },
): Promise<SessionRecord> {
  const config: Config = {
    ...fabric.config,
    ...(order.regions === undefined ? {} : { awsRegions: order.regions }),
    ...(order.days === undefined ? {} : { metricDays: order.days }),
  };
  return withOrdered(fabric, order, async ({ asOf, ...inputs }) => {
    const terms = requestTerms(config, { asOf, question: order.question }, fabric.clock.nowMs());
    const { costData, saveReport } = order;
    return startSession({ ...fabric, config }, terms, { ...inputs, costData, saveReport, signal, sessionId: id });
  });
}

/** Lends what an order names for as long as `use` runs: the sample, objects of the bucket, or nothing where the account is read. */
async function withOrdered<T>(
  fabric: Fabric,
  { demo, estate, bills, asOf }: StartOrder,
  use: (inputs: Inputs & { readonly asOf: string | undefined }) => Promise<T>,
): Promise<T> {
  if (demo === true) return use((await import('../demo.ts')).demoInputs());
  if (estate === undefined && bills === undefined) return use({ bills: [], live: true, asOf });
  const uploads = openUploads(fabric.home, 0, () => fabric.clock.nowMs());
  const named = {
    bills: (bills ?? []).map((object) => ({ object })),
    ...(estate === undefined ? {} : { estate: { object: estate } }),
  };
  return withInputs(fabric, uploads, named, async (lent) => use({ ...lent, asOf }));
}
