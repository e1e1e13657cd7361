import { afterEach, describe, expect, test, vi } from 'vitest';
import { LlmError } from './errors.ts';
import type { ModelDriver } from './model-driver.ts';
import type { ModelOptions } from './open-model.ts';
import { openDriver } from './open-driver.ts';
import { executiveSummary } from './prompts/executive-summary.ts';
import { RequestWindow } from './request-window.ts';
import { persistence, TENACITY } from './tenacity.ts';
import { type Behave, fakeClaude, type FakeServer, honest, jumpingClock, modelOver } from './testing/index.ts';

const never = new AbortController().signal;
const servers: FakeServer[] = [];
afterEach(async () => {
  vi.useRealTimers();
  await Promise.all(servers.splice(0).map((server) => server.close()));
});

async function open(behave: Behave, over: Partial<ModelOptions> = {}) {
  const server = await fakeClaude(behave);
  servers.push(server);
  const driver = await openDriver({ provider: 'anthropic', apiKey: 'k', baseUrl: server.url });
  return { model: modelOver(driver, over), requests: server.requests };
}

const DATA = { claims: [{ id: 'c1', statement: 'It is idle.' }] };

describe('a sliding window of 60 requests a minute', () => {
  test('lets sixty through at once and each later one when the one sixty before it is a minute old', async () => {
    const clock = jumpingClock();
    const window = new RequestWindow(clock, 60);
    const passedMs: number[] = [];
    for (let at = 0; at < 125; at += 1) {
      await window.take(never);
      passedMs.push(clock.passed());
    }

    expect(passedMs.slice(0, 60)).toStrictEqual(Array.from({ length: 60 }, () => 0));
    expect(passedMs.slice(60, 120)).toStrictEqual(Array.from({ length: 60 }, () => 60_000));
    expect(passedMs[120]).toBe(120_000);
  });

  test('callers at once take their turn', async () => {
    const clock = jumpingClock();
    const window = new RequestWindow(clock, 2);
    await Promise.all(Array.from({ length: 6 }, () => window.take(never)));

    expect(clock.passed()).toBe(120_000);
  });
});

describe('an answer that fails', () => {
  test.each([
    [401, 'LLM_AUTH', 1],
    [403, 'LLM_AUTH', 1],
    [404, 'LLM_MODEL_UNKNOWN', 1],
    [413, 'LLM_BAD_REQUEST', 1],
    [429, 'LLM_THROTTLED', 3],
    [500, 'LLM_UNAVAILABLE', 3],
    [529, 'LLM_OVERLOADED', 3],
  ])('%i is %s after %i attempts', async (status, code, attempts) => {
    const { model, requests } = await open(() => ({ kind: 'error', status }));

    await expect(model.ask(executiveSummary, DATA, never)).rejects.toMatchObject({ code });
    expect(requests).toHaveLength(attempts);
  });

  test.each<[string, ReturnType<Behave>, string, number]>([
    ['no JSON', { kind: 'answer', text: 'Sure! Here is' }, 'LLM_OUTPUT_INVALID', 3],
    ['another shape', { kind: 'answer', text: '{"sentences":[{"text":1}]}' }, 'LLM_OUTPUT_INVALID', 3],
    ['a member too many', { kind: 'answer', text: '{"sentences":[],"tool":"rm"}' }, 'LLM_OUTPUT_INVALID', 3],
    ['10 MB', { kind: 'answer', text: `{"sentences":[]}${' '.repeat(10 * 1024 * 1024)}` }, 'LLM_OUTPUT_INVALID', 3],
    ['half a body', { kind: 'garbage', text: '{"type":"message","content":[' }, 'LLM_OUTPUT_INVALID', 3],
    ['a refusal', { kind: 'answer', text: '', stop: 'refusal' }, 'LLM_REFUSED', 1],
    ['a cut answer', { kind: 'answer', text: '{"sentences":[', stop: 'length' }, 'LLM_TRUNCATED', 1],
    ['a dropped connection', { kind: 'drop' }, 'LLM_UNAVAILABLE', 3],
  ])('%s is told apart', async (_what, behaviour, code, attempts) => {
    const { model, requests } = await open(() => behaviour);

    await expect(model.ask(executiveSummary, DATA, never)).rejects.toMatchObject({ code });
    expect(requests).toHaveLength(attempts);
  });

  test.each<[string, ReturnType<Behave>]>([
    ['silence', { kind: 'hang' }],
    ['an answer that never ends', { kind: 'drip' }],
  ])('%s is a timeout', async (_what, behaviour) => {
    const { model } = await open(() => behaviour, { tenacity: { timeoutMs: 40, maxAttempts: 1 } });

    await expect(model.ask(executiveSummary, DATA, never)).rejects.toMatchObject({ code: 'LLM_TIMEOUT' });
  });

  test('a person who stops it does not wait for it', async () => {
    const stop = new AbortController();
    const { model, requests } = await open(() => {
      stop.abort();
      return { kind: 'hang' };
    });

    await expect(model.ask(executiveSummary, DATA, stop.signal)).rejects.toMatchObject({ code: 'LLM_CANCELLED' });
    expect(requests).toHaveLength(1);
  });
});

test('the same request is sent once and answered from what was kept', async () => {
  const { model, requests } = await open(honest);
  const first = await model.ask(executiveSummary, DATA, never);
  const again = await model.ask(executiveSummary, DATA, never);
  await model.ask(executiveSummary, { claims: [] }, never);

  expect(again).toStrictEqual(first);
  expect(requests).toHaveLength(2);
  expect(model.costSummary()).toMatchObject({ calls: 2, cached: 1 });
});

describe('the breaker', () => {
  const failing = (): { driver: ModelDriver; calls: () => number; heal: () => void } => {
    let calls = 0;
    let isBroken = true;
    const driver: ModelDriver = {
      name: 'anthropic',
      endpoint: async () => '',
      close: () => undefined,
      async complete() {
        calls += 1;
        if (isBroken) throw new LlmError('LLM_OVERLOADED', { message: 'busy', isUnpaid: true });
        const usage = { inputTokens: 1, outputTokens: 1, cacheReadTokens: 0, cacheWriteTokens: 0 };
        return { text: '{"sentences":[]}', stopReason: 'end', usage };
      },
    };
    return { driver, calls: () => calls, heal: () => (isBroken = false) };
  };

  test('opens after 5 failed calls, and lets one through after 60 s', async () => {
    vi.useFakeTimers({ toFake: ['Date'], now: 0 });
    const { driver, calls, heal } = failing();
    const model = modelOver(driver, { tenacity: { maxAttempts: 1 } });
    const ask = () =>
      model.ask(executiveSummary, DATA, never).then(
        () => 'answered',
        (error: unknown) => String(Object(error).code),
      );
    const codes = [];
    for (let at = 0; at < 7; at += 1) codes.push(await ask());
    heal();
    vi.setSystemTime(59_999);
    codes.push(await ask());
    vi.setSystemTime(60_001);
    codes.push(await ask());

    expect(codes).toStrictEqual([
      ...Array.from({ length: 5 }, () => 'LLM_OVERLOADED'),
      ...Array.from({ length: 3 }, () => 'LLM_CIRCUIT_OPEN'),
      'answered',
    ]);
    expect(calls()).toBe(6);
  });
});

test('waits are kept when the provider asks for them, and spread when it does not', async () => {
  vi.useFakeTimers();
  const startedMs = Date.now();
  const triedMs: number[] = [];
  const persist = persistence(TENACITY, () => 0.5);
  const failing = async (): Promise<never> => {
    triedMs.push(Date.now() - startedMs);
    throw new LlmError('LLM_THROTTLED', { message: '429', retryAfterMs: triedMs.length === 1 ? 5_000 : undefined });
  };
  const ended = persist(failing, never).catch((error: unknown) => String(Object(error).code));
  await vi.advanceTimersByTimeAsync(20_000);

  expect(await ended).toBe('LLM_THROTTLED');
  expect(triedMs).toStrictEqual([0, 5_000, 7_000]);
});
