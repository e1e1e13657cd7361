import {
  isTerminal,
  type Role,
  type SessionRecord,
  type TaskStatus,
  WORKER_ROLES,
  type WorkerRole,
} from '@infrafabric/protocol';
import type { Fabric } from '../fabric.ts';
import type { Sample } from './sample.ts';

/** How one session stands at a moment. */
export interface SessionGauges {
  /** Tasks dispatched to each role that have not ended. */
  readonly queueDepth: Readonly<Record<WorkerRole, number>>;
  /** Time since a task was sent, taken or ended, or since the session was made. */
  readonly lastProgressAgeMs: number;
}

/** The gauges of a session, read from its state. */
export function gaugesOf(session: SessionRecord, statuses: readonly TaskStatus[], nowMs: number): SessionGauges {
  const open = statuses.filter(({ state }) => !isTerminal(state));
  const times = statuses.flatMap(({ dispatched_at_ms = 0, leased_at_ms = 0, ended_at_ms = 0 }) => [
    dispatched_at_ms,
    leased_at_ms,
    ended_at_ms,
  ]);
  const lastMs = times.reduce((latest, time) => Math.max(latest, time), session.created_at_ms);
  return {
    queueDepth: perRole((role) => open.filter((one) => one.role === role).length),
    lastProgressAgeMs: Math.max(0, nowMs - lastMs),
  };
}

function perRole(count: (role: WorkerRole) => number): Record<WorkerRole, number> {
  return {
    collector: count('collector'),
    pricing: count('pricing'),
    rightsizing: count('rightsizing'),
    'upgrade-risk': count('upgrade-risk'),
    budget: count('budget'),
  };
}

/** The gauges of every open session. */
export async function openSessionGauges({ state, clock }: Pick<Fabric, 'state' | 'clock'>): Promise<SessionGauges[]> {
  const open = await state.sessions({ onlyOpen: true });
  return Promise.all(
    open.map(async (session) => gaugesOf(session, await state.taskStatuses(session.session_id), clock.nowMs())),
  );
}

/** QueueDepth of every role over all open sessions, and LastProgressAge of the one that waits longest; none when no session is open. */
export function gaugeSamples(gauges: readonly SessionGauges[], at_ms: number): Sample[] {
  if (gauges.length === 0) return [];
  const sample = (name: Sample['name'], AgentRole: Role, value: number): Sample => ({
    name,
    value,
    at_ms,
    dimensions: { AgentRole },
  });
  const depth = (role: WorkerRole): number => gauges.reduce((sum, { queueDepth }) => sum + queueDepth[role], 0);
  const oldestMs = Math.max(...gauges.map(({ lastProgressAgeMs }) => lastProgressAgeMs));
  return [
    ...WORKER_ROLES.map((role) => sample('QueueDepth', role, depth(role))),
    sample('LastProgressAge', 'coordinator', oldestMs / 1_000),
  ];
}
