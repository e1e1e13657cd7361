import { askToCancel, cancelSession } from '@infrafabric/agents';
import { isInfraFabricError, type SessionId, type WorkerRole } from '@infrafabric/protocol';
import { coordinatorLoop } from './coordinator-process.ts';
import type { Estate } from './estate.ts';
import { coordinatorFunction, sweeperFunction } from './passes-process.ts';
import { portsOf } from './ports.ts';
import type { Process } from './process.ts';
import type { Machine } from './supervisor.ts';
import { workerFunction, workerLoop } from './worker-process.ts';
import type { World } from './world.ts';

/** Every machine of a scenario. */
export function machinesOf(world: World, estates: readonly Estate[], onError: (error: unknown) => void): Machine[] {
  const { coordinators, workers, roles } = world.scenario;
  const hasPasses = coordinators.includes('passes');
  return [
    ...coordinators.map((kind, n): Machine => ({
      name: `c${n}`,
      role: 'coordinator',
      main: async (process) =>
        kind === 'loop' ? coordinatorLoop(process, world, onError) : coordinatorFunction(process, world),
    })),
    ...(hasPasses
      ? [
          {
            name: 'sweeper',
            role: 'coordinator' as const,
            main: async (process: Process) => sweeperFunction(process, world),
          },
        ]
      : []),
    ...roles.flatMap((role) =>
      workers.map((kind, n) => workerMachine(role, { name: `${role}-${n}`, kind }, world, estates)),
    ),
    ...cancelMachines(estates, world),
  ];
}

function workerMachine(
  role: WorkerRole,
  { name, kind }: { readonly name: string; readonly kind: 'loop' | 'function' },
  world: World,
  estates: readonly Estate[],
): Machine {
  const main = kind === 'loop' ? workerLoop : workerFunction;
  return { name, role, main: async (process) => main(role, process, world, estates) };
}

/** A person who cancels the first session, again and again until somebody answers. */
function cancelMachines([estate]: readonly Estate[], world: World): Machine[] {
  const { cancelAfterMs } = world.scenario;
  if (cancelAfterMs === undefined || estate === undefined) return [];
  const { session } = estate;
  let isAsked = false;
  const main = async (process: Process): Promise<void> => {
    await process.clock.sleep(isAsked ? 0 : cancelAfterMs);
    for (let again = true; again;) again = await isUnheard(session, process, world);
    isAsked = true;
    await new Promise<never>(() => undefined);
  };
  return [{ name: 'door', role: 'door', main }];
}

async function isUnheard(session: SessionId, process: Process, world: World): Promise<boolean> {
  try {
    const ports = portsOf(process, 'coordinator', world);
    if (world.scenario.seizes) await cancelSession(session, ports);
    else await askToCancel(ports, { session_id: session });
    return false;
  } catch (error) {
    if (!isInfraFabricError(error)) throw error;
    await process.clock.sleep(1_000);
    return true;
  }
}
