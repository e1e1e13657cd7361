import { expect, test } from 'vitest';
import { WaitingRooms } from './waiting-room.ts';

const QUEUE = 1;

/** Rooms in which a message is visible when `visible` says so, and who has left them. */
function rooms() {
  const state = { visible: false, left: [] as string[] };
  const clock = {
    nowMs: () => 0,
    sleep: (_: number, signal?: AbortSignal) =>
      new Promise<void>((resolve) => {
        if (signal?.aborted) resolve();
        signal?.addEventListener('abort', () => resolve());
      }),
  };
  const made = new WaitingRooms(clock, () => (state.visible ? 0 : undefined));
  const wait = async (name: string, signal?: AbortSignal) => {
    await made.wait(QUEUE, 20_000, signal);
    state.left.push(name);
  };
  return { state, made, wait };
}

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

test('a message wakes the one who waits longest, and nobody else', async () => {
  const { state, made, wait } = rooms();
  const waits = ['first', 'second', 'third'].map((name) => wait(name));
  state.visible = true;
  made.ring(QUEUE);
  await turn();
  expect(state.left).toStrictEqual(['first']);
  made.ring(QUEUE);
  await turn();
  expect(state.left).toStrictEqual(['first', 'second']);
  made.close();
  await Promise.all(waits);
});

test('a ring without a visible message wakes nobody', async () => {
  const { state, made, wait } = rooms();
  const waiting = wait('first');
  made.ring(QUEUE);
  await turn();
  expect(state.left).toStrictEqual([]);
  made.close();
  await waiting;
});

test('one who has left is not woken in place of one who waits', async () => {
  const { state, made, wait } = rooms();
  const abort = new AbortController();
  const waits = [wait('gone', abort.signal), wait('second')];
  abort.abort();
  await turn();
  state.visible = true;
  made.ring(QUEUE);
  await turn();
  expect(state.left).toStrictEqual(['gone', 'second']);
  await Promise.all(waits);
});
