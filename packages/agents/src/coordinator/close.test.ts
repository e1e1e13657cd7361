import { evidenceId, isTerminal, type MessageOf, type TaskRecord } from '@infrafabric/protocol';
import { expect, test } from 'vitest';
import { parseJson } from '../blob-json.ts';
import { type MemorySwarm, memorySwarm, PACE } from '../testing/memory-swarm.ts';

const VICTIM = 'collector/ec2/eu-west-1/0';
const DONOR = 'collector/ec2/us-east-1/0';

/** Whom the close of a session names, and how it ended when an item was changed behind everybody's back. */
async function closedAfter(harm: (donor: TaskRecord) => Partial<TaskRecord>) {
  const swarm = memorySwarm('close');
  const worker = swarm.worker('collector');
  await swarm.create();
  const running = swarm.coordinator().run(swarm.session);
  while (!(await isOver(swarm, VICTIM)) || !(await isOver(swarm, DONOR))) await swarm.clock.advance(PACE.tickMs);
  await swarm.state.changeTask(swarm.session, VICTIM, { expect: {}, set: harm(await swarm.task(DONOR)) });
  for (const role of ['pricing', 'rightsizing', 'upgrade-risk', 'budget'] as const) swarm.worker(role);
  const ended = await swarm.until(running);
  await swarm.until(worker.close());
  const close = swarm.kept.get(evidenceId(ended!.close_sha256!.slice('sha256:'.length)));
  const { senders } = parseJson<MessageOf<'close'>>(new TextDecoder().decode(close)).content;
  const collector = senders.find(({ sender }) => sender.includes('/collector/'));
  return { state: ended?.state, names: senders.map(({ sender }) => sender), answers: collector?.count };
}

async function isOver(swarm: MemorySwarm, task: string): Promise<boolean> {
  const found = await swarm.state.task(swarm.session, task);
  return found !== undefined && isTerminal(found.state);
}

test.each<[string, (donor: TaskRecord) => Partial<TaskRecord>]>([
  ['no JSON', () => ({ answer_wire: 'not JSON' })],
  ['no message', () => ({ answer_wire: '{}' })],
  ['the word of nobody', ({ answer_wire = '' }) => ({ answer_wire: answer_wire.replace('/w-1"', '/w-666"') })],
  ['the answer of another task', ({ answer_wire = '' }) => ({ answer_wire })],
])('an answer that was changed to %s counts as said by nobody', async (_what, harm) => {
  const { state, names, answers } = await closedAfter(harm);

  expect(state).toBe('DONE_WITH_GAPS');
  expect(names.filter((name) => !name.endsWith('/c-1') && !name.endsWith('/w-1'))).toStrictEqual([]);
  expect(answers).toBe(2);
});
