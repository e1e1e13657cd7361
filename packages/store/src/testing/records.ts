import { type SessionRecord, type TaskRecord, evidenceId } from '@infrafabric/protocol';

/** The id of the n-th test session; a greater n sorts later. */
export const sessionIdOf = (n: number): string => `s-01936000-0000-7000-8000-${String(n).padStart(12, '0')}`;

/** A session as it looks right after its creation. */
export function sessionRecord(over: Partial<SessionRecord> = {}): SessionRecord {
  const blob = evidenceId('ab'.repeat(32));
  return {
    session_id: sessionIdOf(1),
    state: 'CREATED',
    request: {
      as_of: '2026-11-20',
      inputs: blob,
      tables: { prices: blob, instance_types: blob, lifecycle: blob },
      roles: ['collector', 'pricing'],
      settings: {},
      budget_usd: null,
      question: null,
    },
    created_at_ms: 1_795_132_800_000,
    deadline_ms: 1_795_136_400_000,
    tick: 0,
    fence: 1,
    phase: 'collection',
    ...over,
  };
}

/** A task as it looks right after its first dispatch. */
export function taskRecord(over: Partial<TaskRecord> = {}): TaskRecord {
  return {
    session_id: sessionIdOf(1),
    task_id: 'pricing/ebs/eu-central-1/0',
    role: 'pricing',
    type: 'pricing.judge',
    phase: 'analysis',
    state: 'DISPATCHED',
    dispatch: 1,
    fence: 0,
    attempt: 0,
    hb: 0,
    request_wire: '{"if_bus":"1.0"}',
    ...over,
  };
}
