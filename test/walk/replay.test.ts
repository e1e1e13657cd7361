import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { digestOf, Role, WORKER_ROLES } from '@infrafabric/protocol';
import { type Fabric, openFabric } from '@infrafabric/runtime';
import { afterAll, expect, test } from 'vitest';
import { eventually, installation, keysUnder, listener, onlySession, report } from './installation.ts';

const at = installation();
afterAll(() => at.remove());

/** How many captured messages are played again (the specification's figure). */
const REPLAYS = 1_000;

test('1,000 captured messages played again after the end, to processes that were started since, do nothing and are counted', async () => {
  await report(at, 'out');
  const captured = capturedMessages();
  const played = Array.from({ length: REPLAYS }, (_, n) => captured[n % captured.length]!);
  const fabric = await openFabric(at.config);
  const session = await onlySession(fabric);
  const before = await standing(fabric);
  const heard = listener();
  const agents = [...WORKER_ROLES.map((role) => fabric.startWorker(role, heard)), fabric.startCoordinator(heard)];
  for (const wire of played) await publish(fabric, wire);
  await eventually(() => (refusals(heard).length >= REPLAYS ? true : undefined));
  await Promise.all(agents.map(async (agent) => agent.close()));

  expect(captured.length).toBeGreaterThan(20);
  expect(refusals(heard).map(({ code }) => code)).toStrictEqual(played.map(() => 'BUS_DUPLICATE'));
  expect(refusals(heard).map(({ wire_sha256 }) => wire_sha256)).toStrictEqual(
    played.map((wire) => digestOf(wire)).toSorted(),
  );
  expect(heard.events.filter(({ type }) => type !== 'message-refused')).toStrictEqual([]);
  expect(await standing(fabric)).toStrictEqual(before);
  expect((await fabric.state.session(session))?.state).toBe('DONE');
  await fabric.close();
});

/** The signed messages of the report that crossed the bus: all but the close, which is kept there and never sent. */
function capturedMessages(): string[] {
  const folder = join(at.out('out'), 'proof/messages');
  const wires = readdirSync(folder).map((name) => readFileSync(join(folder, name), 'utf8'));
  return wires.filter((wire) => JSON.parse(wire).performative !== 'close');
}

/** Everything that a message could change: sessions, tasks, evidence, quarantine. */
async function standing(fabric: Fabric): Promise<unknown> {
  const sessions = await fabric.state.sessions();
  const tasks = await Promise.all(sessions.map(async ({ session_id }) => fabric.state.tasks(session_id)));
  const objects = await keysUnder(fabric.clients.s3, fabric.addresses.bucketName, 't/');
  return { sessions, tasks, objects };
}

async function publish(fabric: Fabric, wire: string): Promise<void> {
  const { receiver, conversation_id: conversation } = JSON.parse(wire);
  const role = Role.parse(receiver.split('/')[receiver.startsWith('if://role/') ? 3 : 4]);
  const driver = fabric.mailboxOf(role);
  const [outcome] = await driver.publish([{ wire, role, session: conversation.split('/').at(-1) }]);
  if (outcome?.published !== true) throw new Error('expected to publish');
}

function refusals(heard: ReturnType<typeof listener>): { code: string; wire_sha256: string }[] {
  return heard.events
    .flatMap((event) => (event.type === 'message-refused' ? [event] : []))
    .toSorted((a, b) => (a.wire_sha256 < b.wire_sha256 ? -1 : 1));
}
