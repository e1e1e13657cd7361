import {
  answerHandling,
  endOverdue,
  isDocument,
  openPasses,
  openLateWake,
  openWake,
  type PassEnd,
  sealWake,
  sweepDeadLetters,
  type Wake,
  wakeOf,
} from '@infrafabric/agents';
import { type Delivery, type Handling, settle } from '@infrafabric/bus';
import { isInfraFabricError, isSessionOver } from '@infrafabric/protocol';
import { type Ports, portsOf } from './ports.ts';
import type { Process } from './process.ts';
import type { World } from './world.ts';

/** An invocation of the function of the coordinator ends after this long. */
const INVOCATION_MS = 60_000;

/** The sweeper is called this often. */
const SWEEP_MS = 60_000;

/** A coordinator that is called with messages and notes to itself, as a function on AWS Lambda. */
export async function coordinatorFunction(process: Process, world: World): Promise<void> {
  const ports = portsOf(process, 'coordinator', world);
  const passes = openPasses(ports);
  for (;;) {
    const deliveries = await ports.bus.receive('coordinator', { max: 5, waitMs: 20_000 }).catch(() => []);
    const stop = new AbortController();
    const off = process.after(INVOCATION_MS, () => stop.abort());
    const follow = async (end: PassEnd): Promise<void> => {
      if (end.end === 'open') await sendNote(end.wake, end.afterMs, ports, world);
    };
    const { handler, options } = answerHandling(ports, async (session) =>
      follow(await passes.hint(session, stop.signal)),
    );
    const notes = noteHandling(ports, world, async (wake) => follow(await passes.wake(wake, stop.signal)));
    const take = async (delivery: Delivery): Promise<unknown> =>
      isDocument(delivery.body) ? settle(delivery, notes) : ports.mailbox.take(delivery, handler, options);
    for (const delivery of deliveries) await take(delivery);
    off();
  }
}

/** Looks once a minute after every session: ends what is long overdue, sends a note about all others. */
export async function sweeperFunction(process: Process, world: World): Promise<void> {
  const ports = portsOf(process, 'coordinator', world);
  for (;;) {
    await sweep(ports, world).catch((error: unknown) => {
      if (!isInfraFabricError(error)) throw error;
    });
    await process.clock.sleep(SWEEP_MS);
  }
}

async function sweep(ports: Ports, world: World): Promise<void> {
  const { trust } = world.swarm;
  await sweepDeadLetters(ports, {
    otherOf: (text) =>
      isDocument(text) ? openLateWake(text, { trust, nowMs: ports.clock.nowMs() }).session_id : undefined,
  });
  for (const session of await ports.state.sessions()) {
    if (isSessionOver(session.state) || (await endOverdue(session, ports))) continue;
    await sendNote(wakeOf(session, ports.clock.nowMs()), 0, ports, world);
  }
}

function noteHandling(ports: Ports, world: World, handle: (wake: Wake) => Promise<void>): Handling<Wake> {
  const { trust } = world.swarm;
  return {
    open: (body) => openWake(body, { trust, nowMs: ports.clock.nowMs() }),
    handle: async (wake) => {
      await handle(wake);
      return undefined;
    },
    answer: async () => undefined,
    giveUp: async () => undefined,
    quarantine: async (body, { code }) => ports.quarantine.keep(body, code),
  };
}

async function sendNote(wake: Wake, afterMs: number, ports: Ports, { swarm }: World): Promise<void> {
  await ports.bus.send('coordinator', sealWake(wake, swarm.agents.coordinator.signer), afterMs);
}
