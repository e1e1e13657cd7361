import { expect, test } from 'vitest';
import type { SessionEvent } from '@infrafabric/protocol';
import { sessionLog } from './session-log.ts';

const BASE = { session_id: 's-0192f0c1-7d3a-7c51-b1ff-5f1b2c3d4e5f', at_ms: 1_763_116_245_123 } as const;
const TASK = { task_id: 'pricing/ec2/eu-west-1/0', role: 'pricing' } as const;

function linesOf(event: SessionEvent, least: 'debug' | 'warn' | 'error' | 'silent' = 'debug'): unknown[] {
  const lines: string[] = [];
  const log = sessionLog({
    write: (line) => void lines.push(line),
    least,
    traceIdOf: () => '0af7651916cd43dd8448eb211c80319c',
  });
  log.event(event);
  return lines.map((line): unknown => JSON.parse(line));
}

test('a line says when, which session, which agent, what, how it went, how much, and in which trace', () => {
  const agent_id = 'if://agent/infrafabric/pricing/b-1';
  const event = { ...BASE, agent_id, type: 'task-settled', ...TASK, state: 'DONE', execution_time_ms: 45_230 } as const;

  expect(linesOf(event)).toStrictEqual([
    {
      level: 'info',
      timestamp: '2025-11-14T10:30:45.123Z',
      session_id: BASE.session_id,
      agent_id,
      event_type: 'task-settled',
      status: 'success',
      role: 'pricing',
      task_id: TASK.task_id,
      metrics: { execution_time_ms: 45_230 },
      trace_id: '0af7651916cd43dd8448eb211c80319c',
    },
  ]);
});

const EVENTS: readonly (readonly [SessionEvent, object])[] = [
  [
    { ...BASE, type: 'session-started' },
    { level: 'info', status: 'started' },
  ],
  [
    { ...BASE, type: 'plan-made', phase: 'analysis', tasks: 3 },
    { status: 'planned', metrics: { tasks: 3 } },
  ],
  [
    { ...BASE, type: 'task-leased', ...TASK, attempt: 2 },
    { status: 'started', metrics: { attempt: 2 } },
  ],
  [
    { ...BASE, type: 'task-ended', ...TASK, state: 'FAILED', code: 'POISON' },
    { level: 'error', status: 'failure', code: 'POISON' },
  ],
  [
    { ...BASE, type: 'task-ended', ...TASK, state: 'CANCELLED' },
    { level: 'info', status: 'cancelled' },
  ],
  [
    { ...BASE, type: 'task-revoked', ...TASK, reason: 'its lease was silent' },
    { level: 'warn', status: 'retry' },
  ],
  [
    { ...BASE, type: 'message-refused', code: 'BUS_DUPLICATE', wire_sha256: 'sha256:00' },
    { level: 'warn', status: 'refused', code: 'BUS_DUPLICATE' },
  ],
  [
    { ...BASE, type: 'model-called', model: 'm', input_tokens: 8192, output_tokens: 3456, usd: '0.045' },
    { status: 'success', metrics: { tokens_input: 8192, tokens_output: 3456, cost_usd: 0.045 } },
  ],
  [{ ...BASE, type: 'report-made', report_sha256: 'sha256:00', findings: 57 }, { metrics: { findings: 57 } }],
  [
    { ...BASE, type: 'session-ended', state: 'DONE_WITH_GAPS' },
    { level: 'info', status: 'gaps' },
  ],
  [
    { ...BASE, type: 'session-ended', state: 'FAILED' },
    { level: 'error', status: 'failure' },
  ],
];

test.each(EVENTS)('%j is told as %j', (event, told) => {
  expect(linesOf(event)).toMatchObject([{ event_type: event.type, ...told }]);
});

test('lines below LOG_LEVEL are not written', () => {
  const started: SessionEvent = { ...BASE, type: 'session-started' };
  const failed: SessionEvent = { ...BASE, type: 'session-ended', state: 'FAILED' };

  expect([linesOf(started, 'warn').length, linesOf(failed, 'warn').length]).toStrictEqual([0, 1]);
  expect([linesOf(failed, 'error').length, linesOf(failed, 'silent').length]).toStrictEqual([1, 0]);
});

test('a member that an event is not known to have reaches no line', () => {
  const event = {
    ...BASE,
    type: 'task-ended',
    ...TASK,
    state: 'DONE',
    message: 'arn:aws:iam::1:user/x AKIASECRET',
  } as const;

  expect(JSON.stringify(linesOf(event))).not.toContain('AKIASECRET');
});
