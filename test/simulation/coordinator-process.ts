import { openCoordinator, watchDeadLetters } from '@infrafabric/agents';
import { isInfraFabricError, isSessionOver } from '@infrafabric/protocol';
import { portsOf } from './ports.ts';
import type { Process } from './process.ts';
import type { World } from './world.ts';

/** How often a coordinator looks for sessions that nobody runs. */
const LOOK_MS = 2_000;

/** A coordinator that stays: hands every session that is not over to the shipped one, for as long as its process lives. */
export async function coordinatorLoop(
  process: Process,
  world: World,
  onError: (error: unknown) => void,
): Promise<void> {
  const ports = portsOf(process, 'coordinator', world);
  const coordinator = openCoordinator(ports);
  watchDeadLetters(ports);
  const running = new Set<string>();
  const run = async (session: string): Promise<void> => {
    try {
      await coordinator.run(session);
    } catch (error) {
      if (!isInfraFabricError(error)) onError(error);
    } finally {
      running.delete(session);
    }
  };
  for (;;) {
    const sessions = await ports.state.sessions().catch(() => []);
    for (const { session_id, state } of sessions) {
      if (isSessionOver(state) || running.has(session_id)) continue;
      running.add(session_id);
      void run(session_id);
    }
    await process.clock.sleep(LOOK_MS);
  }
}
