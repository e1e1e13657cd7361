import { agentAddress, isInfraFabricError, type Role } from '@infrafabric/protocol';
import { type Process, startProcess } from './process.ts';
import { SCOPE } from './scope.ts';
import type { World } from './world.ts';

/** What a machine runs: started anew after each death. */
export interface Machine {
  readonly name: string;
  readonly role: Role | 'door';
  /** The main function of its process; a process that returns or throws is started again. */
  readonly main: (process: Process) => Promise<void>;
}

/** A process that died is started again after half a second to fifteen. */
const RESTART_MS = 14_500;

/** A death that was armed strikes at one of so many crash points. */
const STRIKES_WITHIN = 8;

/** Or, where a process does nothing, after this long. */
const STRIKES_AFTER_MS = 1_000;

/** Keeps machines running, kills and pauses their processes; answers how to let go of them all when the run is over. */
export function supervise(machines: readonly Machine[], world: World, onError: (error: unknown) => void): () => void {
  const running = new Map<Process, Machine>();
  const boots = new Map<string, number>();
  const started: Process[] = [];
  const start = (machine: Machine): void => {
    const n = (boots.get(machine.name) ?? 0) + 1;
    boots.set(machine.name, n);
    const process = startProcess(machine.name, `${machine.name}-${n}`, world);
    running.set(process, machine);
    started.push(process);
    const { name, role } = machine;
    const identity = agentAddress(SCOPE, role === 'door' ? 'coordinator' : role, process.name);
    note(process, 'start', { role, identity, skew_ms: world.skewOf(name) });
    trouble(process, world);
    machine.main(process).then(
      () => end(process, 'stop'),
      (error: unknown) => {
        if (!isInfraFabricError(error)) onError(error);
        end(process, 'stop');
      },
    );
  };
  const note = (process: Process, event: 'start' | 'stop' | 'crash', more: object = {}): void =>
    world.record({ kind: 'process', process: process.name, boot_id: process.bootId, event, ...more });
  const end = (process: Process, event: 'stop' | 'crash', point?: string): void => {
    const machine = running.get(process);
    if (machine === undefined) return;
    running.delete(process);
    process.kill();
    world.dead.add(process.bootId);
    note(process, event, point === undefined ? {} : { point });
    world.clock.after(500 + world.chance.real(`${machine.name} restart`) * RESTART_MS, () => start(machine));
  };
  world.onCrash = (process, point) => end(process, 'crash', point);
  for (const machine of machines)
    world.clock.after(world.chance.real(`${machine.name} start`) * 200, () => start(machine));
  return () => {
    for (const process of started) process.forget();
  };
}

/** Every two seconds or so a process may be about to die, or to stand still for a while. */
function trouble(process: Process, world: World): void {
  const { chance, rate, record } = world;
  process.after(1_000 + chance.real(`${process.name} trouble`) * 2_000, () => {
    if (chance.fault('death', process.name, rate.crash)) {
      process.armed.set(chance.int(`${process.name} dies at`, STRIKES_WITHIN));
      process.after(STRIKES_AFTER_MS, () => world.onCrash(process, 'idle'));
    }
    if (chance.fault('pause', process.name, rate.pause)) {
      process.pause(10_000 + chance.real(`${process.name} pauses for`) * 50_000);
      record({ kind: 'process', process: process.name, boot_id: process.bootId, event: 'pause' });
    }
    trouble(process, world);
  });
}
