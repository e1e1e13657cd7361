import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { GetQueueAttributesCommand } from '@aws-sdk/client-sqs';
import { isSessionOver, isTerminal, sha256Hex, type SessionRecord, type TaskRecord } from '@infrafabric/protocol';
import { type Fabric, listKeys, openFabric, verifyReport } from '@infrafabric/runtime';
import { broken, differing, lost, type Problem } from './scenario.ts';
import { judgeLeft } from './snapshot.ts';
import type { Noted, Scene } from './scene.ts';

/** What must be true of a session once the fire is out. */
export interface Expectation {
  /** Bytes of report.json; absent when there must be no report. */
  readonly report?: string;
  readonly state?: SessionRecord['state'];
  /** The folders reports were written to; `out` unless given. */
  readonly outs?: readonly string[];
  /** How often a task may be leased besides once and once for each kill. */
  readonly attempts?: number;
  /** A message that nobody signed was sent: it is kept aside, or still waits to be. */
  readonly forged?: boolean;
}

/** What is wrong with a scene, in words; nothing when all is as promised. No process of the scene runs any more. */
export async function examine(scene: Scene, expected: Expectation): Promise<Problem[]> {
  return withFabric(scene, async (fabric) => {
    const sessions = await fabric.state.sessions();
    const noted = scene.noted();
    const problems = await Promise.all(
      sessions.map(async (session) => {
        const tasks = await fabric.state.tasks(session.session_id);
        return [
          ...sessionProblems(session, expected),
          ...taskProblems(session, tasks, scene.kills() + 1 + (expected.attempts ?? 0)),
          ...runAgain(noted, tasks),
        ];
      }),
    );
    if (sessions.length === 0) problems.push([lost('no session is there')]);
    return [
      ...problems.flat(),
      ...(await reportProblems(scene, expected)),
      ...(await leftovers(fabric, expected.forged === true)),
      ...(await judgeLeft(
        fabric,
        (expected.outs ?? ['out']).map((out) => scene.at.out(out)),
      )),
    ];
  });
}

/** The one session of a scene that was accepted, if any was. */
export function acceptedSession(scene: Scene): Promise<SessionRecord | undefined> {
  return withFabric(scene, async ({ state }) => (await state.sessions())[0]);
}

async function withFabric<T>(scene: Scene, use: (fabric: Fabric) => Promise<T>): Promise<T> {
  const fabric = await openFabric(scene.at.config);
  try {
    return await use(fabric);
  } finally {
    await fabric.close();
  }
}

function sessionProblems({ session_id, state, report_sha256 }: SessionRecord, expected: Expectation): Problem[] {
  const wanted = expected.state ?? 'DONE';
  if (!isSessionOver(state)) return [lost(`session ${session_id} is ${state}`)];
  if (state !== wanted) return [broken(`session ${session_id} ended ${state}, expected ${wanted}`)];
  const has = report_sha256 !== undefined;
  return has === (expected.report !== undefined)
    ? []
    : [broken(`session ${session_id} ${has ? 'has a' : 'has no'} report`)];
}

function taskProblems({ session_id }: SessionRecord, tasks: readonly TaskRecord[], most: number): Problem[] {
  return tasks.flatMap(({ task_id, state, attempt }) => [
    ...(isTerminal(state) ? [] : [lost(`task ${session_id} ${task_id} is ${state}`)]),
    ...(attempt <= most
      ? []
      : [broken(`task ${session_id} ${task_id}: ${attempt} attempts, expected at most ${most}`)]),
  ]);
}

/** Leases that were granted after the task was finished, and finishes after the first. */
function runAgain(noted: readonly Noted[], tasks: readonly TaskRecord[]): Problem[] {
  return tasks.flatMap(({ session_id, task_id, fence, state }) => {
    const own = noted.filter(({ pk, sk }) => sk === `task#${task_id}` && pk?.endsWith(session_id) === true);
    const leases = own.filter((entry) => entry.operation === 'task.lease');
    const done = own.filter((entry) => entry.operation === 'task.complete');
    const again = state === 'DONE' ? leases.filter((entry) => (entry.fence ?? 0) > fence) : [];
    return [
      ...(again.length === 0 ? [] : [broken(`task ${task_id} was leased after it was finished`)]),
      ...(done.length <= 1 ? [] : [broken(`task ${task_id} was finished ${done.length} times`)]),
    ];
  });
}

/** Dead letters, wires that were refused, and a forgery that got lost. */
async function leftovers({ quarantine, clients: { sqs }, addresses }: Fabric, forged: boolean): Promise<Problem[]> {
  const count = async (QueueUrl: string | undefined): Promise<number> => {
    const asked = new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['All'] });
    const { Attributes = {} } = await sqs.send(asked);
    return (
      Number(Attributes['ApproximateNumberOfMessages']) + Number(Attributes['ApproximateNumberOfMessagesNotVisible'])
    );
  };
  const dead = (await Promise.all(Object.values(addresses.deadLetterUrls).map(count))).reduce((sum, n) => sum + n, 0);
  const kept = await quarantine.list();
  const refused = kept.filter(({ sha256 }) => sha256 !== FORGED_SHA256).map(({ code }) => code);
  const isKept = refused.length < kept.length || (await count(addresses.queueUrls.pricing)) > 0;
  return [
    ...(dead === 0 ? [] : [broken(`${dead} dead letters, expected none`)]),
    ...(refused.length === 0 ? [] : [broken(`messages of our own were refused: ${refused.join(', ')}`)]),
    ...(!forged || isKept ? [] : [broken('the forged message is neither kept aside nor waiting')]),
  ];
}

/** A message that no key has signed. */
export const FORGED = '{"forged":true,"if_bus":"1.0"}';

const FORGED_SHA256 = sha256Hex(FORGED);

async function reportProblems(scene: Scene, { report, outs = ['out'] }: Expectation): Promise<Problem[]> {
  const problems = await Promise.all(outs.map(async (out) => folderProblems(scene, scene.at.out(out), report)));
  return problems.flat();
}

async function folderProblems(scene: Scene, folder: string, report: string | undefined): Promise<Problem[]> {
  const file = join(folder, 'report.json');
  if (report === undefined) return existsSync(file) ? [broken('there is a report, expected none')] : [];
  if (!existsSync(file)) return [differing('there is no report.json')];
  if (readFileSync(file, 'utf8') !== report)
    return [differing('report.json differs from the one of an undisturbed run')];
  const { verdict, problems } = await verifyReport(folder, { root: listKeys(scene.at.config).root });
  return verdict === 'AUTHENTIC'
    ? []
    : [broken(`verify says ${verdict}: ${problems.map(({ code }) => code).join(', ')}`)];
}
