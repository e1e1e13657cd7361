import { type BillResult, type InputManifest, isInventory, wholeManifest } from '@infrafabric/finops';
import { canonicalBytes, type EvidenceId, Phase, type SessionRecord, TaskSpec } from '@infrafabric/protocol';
import { z } from 'zod';
import { readJson } from '../blob-json.ts';
import { AgentError } from '../errors.ts';
import type { CoordinatorPorts } from '../ports.ts';
import { RULES } from '../rules.ts';
import { carrying } from '../work-list.ts';
import { planAnalysis } from './plan-analysis.ts';
import { planChallenge } from './plan-challenge.ts';
import { planCollection } from './plan-collection.ts';
import type { PlannedTask } from './planned-task.ts';
import { resultsOf } from './results.ts';
import { changeHeld } from './session-lease.ts';

/**
 * The tasks of a phase: read back when a plan is on record, made and recorded otherwise.
 *
 * The plan is stored before its first task is sent, so whoever resumes the session finishes the same plan. Without a claim to
 * challenge there is no phase of challenges, and no plan of it.
 */
export async function planPhase(
  session: SessionRecord,
  phase: Phase,
  ports: CoordinatorPorts,
): Promise<{ session: SessionRecord; specs: TaskSpec[] }> {
  const recorded = session[`plan_${phase}`];
  if (recorded !== undefined) {
    const specs = await readPlan(session, recorded, ports);
    tellPlan(session, phase, specs, ports);
    return { session, specs };
  }
  const planned = await makePlan(session, phase, ports);
  if (phase === 'challenge' && planned.length === 0) return { session, specs: [] };
  return recordPlan(session, phase, planned, ports);
}

async function makePlan(session: SessionRecord, phase: Phase, ports: CoordinatorPorts): Promise<PlannedTask[]> {
  const manifest = await manifestOf(session, ports);
  if (phase === 'collection') return planCollection(manifest, session.request.as_of);
  return phase === 'analysis' ? makeAnalysisPlan(session, ports) : makeChallengePlan(session, ports);
}

/** Every task planned so far, in plan order. */
export async function plannedSpecs(
  session: SessionRecord,
  ports: Pick<CoordinatorPorts, 'blobsOf'>,
): Promise<TaskSpec[]> {
  const plans = Phase.options.map((phase) => session[`plan_${phase}`]).filter((plan) => plan !== undefined);
  return (await Promise.all(plans.map((plan) => readPlan(session, plan, ports)))).flat();
}

/** The manifest of the session's inputs. */
export async function manifestOf(
  { session_id, request }: SessionRecord,
  ports: Pick<CoordinatorPorts, 'blobsOf'>,
): Promise<InputManifest> {
  return readJson(ports.blobsOf(session_id), request.inputs);
}

async function makeAnalysisPlan(session: SessionRecord, ports: CoordinatorPorts): Promise<PlannedTask[]> {
  const results = await resultsOf(session, ports);
  const index = results.map(({ result }) => result).filter(isInventory);
  const bills = results.map(({ result }) => result).filter((result): result is BillResult => result.kind === 'bill');
  return planAnalysis({
    request: session.request,
    manifest: wholeManifest(
      await manifestOf(session, ports),
      results.map(({ result }) => result),
    ),
    entries: index.flatMap((result) => result.entries),
    costs: bills.flatMap((result) => result.costs),
    rules: RULES,
  });
}

async function makeChallengePlan(session: SessionRecord, ports: CoordinatorPorts): Promise<PlannedTask[]> {
  const results = (await resultsOf(session, ports)).map(({ result }) => result);
  const manifest = wholeManifest(await manifestOf(session, ports), results);
  return planChallenge({ request: session.request, manifest, results });
}

/** Work lists that no task carries are stored this many at a time: all of a large plan at once would fill the memory with calls. */
const WIDTH = 10;

async function recordPlan(
  session: SessionRecord,
  phase: Phase,
  planned: readonly PlannedTask[],
  ports: CoordinatorPorts,
): Promise<{ session: SessionRecord; specs: TaskSpec[] }> {
  const blobs = ports.blobsOf(session.session_id);
  const tasks = planned.map(({ spec, workList }) => carrying(spec, workList));
  const specs = tasks.map((task) => task.spec);
  const beside = tasks.flatMap(({ blob }) => blob ?? []);
  for (let at = 0; at < beside.length; at += WIDTH) {
    await Promise.all(beside.slice(at, at + WIDTH).map((bytes) => blobs.put(bytes)));
  }
  const { id } = await blobs.put(canonicalBytes(specs));
  const recorded = await changeHeld(
    session,
    { [`plan_${phase}`]: id, ...(phase === 'collection' ? {} : { phase }) },
    ports,
  );
  tellPlan(session, phase, specs, ports);
  return { session: recorded, specs };
}

/** Also when a plan is taken up again, so that whoever watches knows how much there is to do. */
function tellPlan(session: SessionRecord, phase: Phase, specs: readonly TaskSpec[], ports: CoordinatorPorts): void {
  const { session_id } = session;
  ports.observer.event({ type: 'plan-made', session_id, at_ms: ports.clock.nowMs(), phase, tasks: specs.length });
}

async function readPlan(
  session: SessionRecord,
  plan: EvidenceId,
  ports: Pick<CoordinatorPorts, 'blobsOf'>,
): Promise<TaskSpec[]> {
  const parsed = z.array(TaskSpec).safeParse(await readJson(ports.blobsOf(session.session_id), plan));
  if (parsed.success) return parsed.data;
  throw new AgentError('PLAN_LOST', { message: 'the recorded plan is not a list of tasks', where: plan });
}
