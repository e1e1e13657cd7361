import type { SessionEvent } from '@infrafabric/protocol';
import { expect, test } from 'vitest';
import { plainProgress } from './plain-progress.ts';

const common = { session_id: 's-0192f0c1-7d3a-7c51-b1ff-5f1b2c3d4e5f', at_ms: 0 };

const failed = (index: number): SessionEvent => ({
  ...common,
  type: 'task-ended',
  task_id: `pricing/ec2/us-east-1/${index}`,
  role: 'pricing',
  state: 'FAILED',
  code: 'ATTEMPTS',
});

function linesOf(events: readonly SessionEvent[], verbose: boolean): string[] {
  let text = '';
  const progress = plainProgress({ err: (more) => (text += more) }, verbose);
  for (const event of events) progress.event(event);
  progress.close();
  return text.trimEnd().split('\n');
}

const EVENTS: readonly SessionEvent[] = [
  { ...common, type: 'plan-made', phase: 'analysis', tasks: 7 },
  ...[0, 1, 2, 3, 4, 5, 6].map(failed),
];

test('five failures are told one by one, the others are counted', () => {
  expect(linesOf(EVENTS, false)).toStrictEqual([
    'analysis: 7 tasks',
    ...[0, 1, 2, 3, 4].map((index) => `failed pricing/ec2/us-east-1/${index}: ATTEMPTS`),
    'analysis: 7 of 7 tasks over, 7 failed',
    '… and 2 more lines of that kind: --verbose',
  ]);
});

test('verbose tells every one', () => {
  expect(linesOf(EVENTS, true)).toHaveLength(8);
});

test('how a session stands that runs elsewhere is said at once and then every ten seconds', () => {
  let text = '';
  const progress = plainProgress({ err: (more) => (text += more) }, false);
  const none = { collector: 0, pricing: 0, rightsizing: 0, 'upgrade-risk': 0, budget: 0 };
  progress.look({ queueDepth: { ...none, pricing: 3, budget: 1 }, lastProgressAgeMs: 2_900 }, 1_000);
  progress.look({ queueDepth: none, lastProgressAgeMs: 0 }, 10_999);
  progress.look({ queueDepth: none, lastProgressAgeMs: 1_860_000 }, 11_000);

  expect(text).toBe('queue pricing 3 · budget 1; last progress 2 s ago\nqueue empty; last progress 31 min ago\n');
});
