import { type CoordinatorPorts, endOverdue, SWEEP_MS } from '@infrafabric/agents';
import { isSessionOver, type Observer, type SessionRecord } from '@infrafabric/protocol';
import type { Fabric } from './fabric.ts';
import type { ProcessOptions } from './processes.ts';
import { holderOf } from './session-line.ts';
import { silent } from './silent.ts';

/**
 * Ends sessions that are past their deadline and that nobody of this machine runs any more: what was finished is reported, the
 * rest is gaps. For commands that come by; on AWS a function sweeps.
 */
export async function sweepAbandoned(fabric: Fabric): Promise<void> {
  if (fabric.config.mode === 'aws') return;
  const late = (await fabric.state.sessions({ onlyOpen: true })).filter((session) =>
    isLeftLate(session, fabric.clock.nowMs()),
  );
  if (late.length === 0) return;
  const coordinator = fabric.startCoordinator(silent);
  try {
    for (const session of late) await coordinator.run(session.session_id).catch(async () => endLate(session, fabric));
  } finally {
    await coordinator.close();
  }
}

/** Ends sessions that stay open long after their deadline although this process runs what is open, until stopped. */
export async function keepSweeping(
  fabric: Pick<Fabric, 'clock' | 'coordinatorPorts'>,
  observer: Observer,
  { signal, log }: ProcessOptions,
): Promise<void> {
  const ports = fabric.coordinatorPorts(observer);
  while (!signal.aborted) {
    await sweep(ports, { signal, log }).catch((error: unknown) => log(`sweep: ${String(error)}`));
    await fabric.clock.sleep(SWEEP_MS, signal);
  }
}

async function sweep(ports: CoordinatorPorts, { signal, log }: ProcessOptions): Promise<void> {
  for (const session of await ports.state.sessions({ onlyOpen: true })) {
    if (await endOverdue(session, ports, signal)) log(`session ${session.session_id}: ended, its deadline is past`);
  }
}

function isLeftLate(session: SessionRecord, nowMs: number): boolean {
  const holder = holderOf(session);
  return (holder === 'gone' || holder === 'nobody') && nowMs > session.deadline_ms + SWEEP_MS;
}

/** One that cannot be reported is failed. */
async function endLate({ session_id }: SessionRecord, fabric: Fabric): Promise<void> {
  const session = await fabric.state.session(session_id);
  if (session === undefined || isSessionOver(session.state)) return;
  await endOverdue(session, fabric.coordinatorPorts(silent));
}
