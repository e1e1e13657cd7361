import type { Coordinator } from '@infrafabric/agents';
import { isInfraFabricError, type SessionRecord, WorkerRole, WORKER_ROLES } from '@infrafabric/protocol';
import type { Config } from './config/config.ts';
import { RuntimeError } from './errors.ts';
import { type Fabric, openFabric } from './fabric.ts';
import { keepSweeping } from './sweep.ts';
import { openTelemetry, type Telemetry } from './telemetry/telemetry.ts';

/** How a process is stopped and where its lines go. */
export interface ProcessOptions {
  readonly signal: AbortSignal;
  readonly log: (line: string) => void;
}

/** How often a coordinator looks for sessions that nobody runs. */
const LOOK_MS = 100;

/** Runs one kind of worker until stopped. @throws RuntimeError `CONFIG_INVALID` for an unknown role. */
export async function runWorkerProcess(config: Config, role: string, options: ProcessOptions): Promise<void> {
  const known = WorkerRole.safeParse(role);
  if (!known.success) {
    throw new RuntimeError('CONFIG_INVALID', {
      message: `no worker has the role "${role.slice(0, 40)}"`,
      where: '--role',
      fix: `choose from ${WORKER_ROLES.join(', ')}`,
    });
  }
  await withLogging(config, options.log, async (fabric, { observer }) => {
    const worker = fabric.startWorker(known.data, observer);
    options.log(`worker ${known.data} is ready`);
    await stopped(options.signal);
    await worker.close();
  });
}

/** Runs a coordinator until stopped: every session that is not over and has no live coordinator is taken up. */
export async function runCoordinatorProcess(config: Config, options: ProcessOptions): Promise<void> {
  await withLogging(config, options.log, async (fabric, { observer, watchSessions }) => {
    const coordinator = fabric.startCoordinator(observer);
    watchSessions();
    options.log('coordinator is ready');
    const failed = new AbortController();
    const ending = { ...options, signal: AbortSignal.any([options.signal, failed.signal]) };
    const work = [runSessions(fabric, coordinator, ending), keepSweeping(fabric, observer, ending)];
    try {
      await Promise.all(work);
    } catch (error) {
      // Nobody may still listen when the bus closes.
      failed.abort('the process ends');
      await Promise.allSettled([...work, coordinator.close()]);
      throw error;
    }
    await coordinator.close();
  });
}

/** Hands every session that is not over to the coordinator, until stopped; it leaves alone what another one holds. */
export async function runSessions(
  fabric: Pick<Fabric, 'state' | 'clock'>,
  coordinator: Coordinator,
  options: ProcessOptions,
): Promise<void> {
  const running = new Map<string, Promise<unknown>>();
  while (!options.signal.aborted) {
    for (const session of await openSessions(fabric, options)) {
      if (running.has(session.session_id)) continue;
      const run = coordinator
        .run(session.session_id)
        .catch((error: unknown) => options.log(`session ${session.session_id}: ${String(error)}`));
      running.set(
        session.session_id,
        run.finally(() => running.delete(session.session_id)),
      );
    }
    await fabric.clock.sleep(LOOK_MS, options.signal);
  }
}

/** The sessions that are not over; none while the store is away, which is said and asked again at the next look. */
async function openSessions(
  { state }: Pick<Fabric, 'state'>,
  { log }: Pick<ProcessOptions, 'log'>,
): Promise<readonly SessionRecord[]> {
  try {
    return await state.sessions({ onlyOpen: true });
  } catch (error) {
    if (!isInfraFabricError(error) || error.retry === 'never') throw error;
    log(`sessions: ${error.code}: ${error.message}`);
    return [];
  }
}

function stopped(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}

async function withLogging(
  config: Config,
  log: ProcessOptions['log'],
  use: (fabric: Fabric, telemetry: Telemetry) => Promise<void>,
): Promise<void> {
  const fabric = await openFabric(config);
  try {
    const telemetry = await openTelemetry(fabric, { log, logsEvents: true });
    await use(fabric, telemetry).finally(telemetry.close);
  } finally {
    await fabric.close();
  }
}
