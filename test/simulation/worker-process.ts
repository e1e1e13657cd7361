import { openWorker, taskHandling } from '@infrafabric/agents';
import type { WorkerRole } from '@infrafabric/protocol';
import { simulatedAgent } from './agent.ts';
import type { Estate } from './estate.ts';
import { modelOfProcess } from './model.ts';
import { portsOf } from './ports.ts';
import type { Process } from './process.ts';
import type { World } from './world.ts';

/** An invocation of a function ends after this long. */
const INVOCATION_MS = 30_000;

/** A worker that stays: the shipped one, for as long as its process lives. */
export async function workerLoop(
  role: WorkerRole,
  process: Process,
  world: World,
  estates: readonly Estate[],
): Promise<void> {
  const { ports, agent } = open(role, process, world, estates);
  openWorker(agent, ports);
  await new Promise<never>(() => undefined);
}

/** A worker that is called with messages and has little time, as a function on AWS Lambda. */
export async function workerFunction(
  role: WorkerRole,
  process: Process,
  world: World,
  estates: readonly Estate[],
): Promise<void> {
  const { ports, agent } = open(role, process, world, estates);
  for (;;) {
    const deliveries = await ports.bus.receive(role, { max: 5, waitMs: 20_000 }).catch(() => []);
    const deadline = new AbortController();
    const off = process.after(INVOCATION_MS * (1 + world.chance.real(`${process.name} time`)), () => deadline.abort());
    const { handler, options } = taskHandling(agent, ports, deadline.signal);
    await Promise.all(deliveries.map(async (delivery) => ports.mailbox.take(delivery, handler, options)));
    off();
  }
}

function open(role: WorkerRole, process: Process, world: World, estates: readonly Estate[]) {
  const ports = portsOf(process, role, world);
  const agent = simulatedAgent(role, { process, world, estates, ask: modelOfProcess(process, world, ports.ids) });
  return { ports, agent };
}
