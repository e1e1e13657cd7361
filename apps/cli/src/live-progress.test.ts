import type { SessionEvent } from '@infrafabric/protocol';
import { expect, test } from 'vitest';
import { liveProgress } from './live-progress.ts';
import type { Terminal } from './terminal.ts';

const SESSION = 's-0192f0c1-7d3a-7c51-b1ff-5f1b2c3d4e5f';

type Part = SessionEvent extends infer E ? (E extends SessionEvent ? Omit<E, 'session_id' | 'at_ms'> : never) : never;

const at = (at_ms: number, part: Part): SessionEvent => ({ ...part, session_id: SESSION, at_ms });

const SCREEN: Terminal = {
  out: () => undefined,
  err: () => undefined,
  document: () => undefined,
  redraw: () => undefined,
  live: true,
  paint: (_style, text) => text,
  columns: () => 120,
};

function framesOf(events: readonly SessionEvent[], columns: number): string[] {
  const frames: string[] = [];
  const progress = liveProgress({ ...SCREEN, redraw: (text) => frames.push(text), columns: () => columns });
  for (const event of events) progress.event(event);
  progress.close();
  return frames;
}

const EVENTS: readonly SessionEvent[] = [
  at(1_000, { type: 'plan-made', phase: 'analysis', tasks: 4 }),
  at(1_100, { type: 'task-leased', task_id: 'pricing/ec2/us-east-1/0', role: 'pricing', attempt: 1 }),
  at(1_200, { type: 'task-leased', task_id: 'budget/bill/global/0', role: 'budget', attempt: 1 }),
  at(2_000, { type: 'task-ended', task_id: 'budget/bill/global/0', role: 'budget', state: 'DONE' }),
];

test('a frame shows the phase, the tasks, the time left and the agents at work', () => {
  // One of four tasks took a second, so three more take three.
  expect(framesOf(EVENTS, 100).at(-2)).toBe('analysis   █████░░░░░░░░░░░░░░░ 1/4 tasks  3.0 s left  pricing 1');
});

test('a frame is never wider than the screen', () => {
  expect(framesOf(EVENTS, 40).map((frame) => frame.length <= 39)).toStrictEqual([true, true, true, true, true]);
});

test('frames closer than 80 ms are not drawn, and the line is empty at the end', () => {
  const frames = framesOf([EVENTS[0]!, at(1_010, { type: 'session-started' })], 100);

  expect(frames).toStrictEqual(['analysis   ░░░░░░░░░░░░░░░░░░░░ 0/4 tasks  ', '']);
});

test('a session that runs elsewhere shows what waits and how long ago something happened', () => {
  const frames: string[] = [];
  const progress = liveProgress({ ...SCREEN, redraw: (text) => frames.push(text) });
  progress.event(at(1_000, { type: 'plan-made', phase: 'analysis', tasks: 4 }));
  const queueDepth = { collector: 0, pricing: 3, rightsizing: 1, 'upgrade-risk': 0, budget: 0 };
  progress.look({ queueDepth, lastProgressAgeMs: 5_000 }, 6_000);

  expect(frames.at(-1)).toBe(
    'analysis   ░░░░░░░░░░░░░░░░░░░░ 0/4 tasks  queue pricing 3 · rightsizing 1; last progress 5 s ago',
  );
});
