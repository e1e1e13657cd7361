import { afterEach, describe, expect, test } from 'vitest';
import type { Ledger } from '@infrafabric/protocol';
import { modelOf, type Usage } from './model-table.ts';
import type { ModelOptions } from './open-model.ts';
import { openDriver } from './open-driver.ts';
import { executiveSummary } from './prompts/executive-summary.ts';
import { nanoUsdOf, usdOf } from './spending.ts';
import { type Behave, fakeClaude, type FakeServer, honest, modelOver, plainLedger } from './testing/index.ts';

const never = new AbortController().signal;
const servers: FakeServer[] = [];
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()));
});

/** A model over a fake Claude, and what the fake heard. */
async function open(behave: Behave = honest, over: Partial<ModelOptions> = {}) {
  const server = await fakeClaude(behave);
  servers.push(server);
  const driver = await openDriver({ provider: 'anthropic', apiKey: 'k', baseUrl: server.url });
  return { model: modelOver(driver, over), requests: server.requests };
}

const claimsNamed = (name: string) => ({ claims: [{ id: 'c1', statement: name }] });

const tokens = (over: Partial<Usage>): Usage => ({
  inputTokens: 0,
  outputTokens: 0,
  cacheReadTokens: 0,
  cacheWriteTokens: 0,
  ...over,
});

/** Prices of platform.claude.com as of 2026-11-20, multiplied by hand. */
test.each<['anthropic' | 'bedrock', string, Partial<Usage>, string]>([
  ['anthropic', 'claude-sonnet-5-5', { inputTokens: 1_000, outputTokens: 500 }, '0.007'],
  ['anthropic', 'claude-opus-5-5', { inputTokens: 1_000_000 }, '4.00'],
  ['anthropic', 'claude-opus-5', { outputTokens: 1_000, cacheReadTokens: 10_000, cacheWriteTokens: 2_000 }, '0.05'],
  ['anthropic', 'claude-haiku-5-5', { inputTokens: 100_000, outputTokens: 100 }, '0.01005'],
  ['anthropic', 'claude-haiku-5-5', { inputTokens: 100_001, outputTokens: 100 }, '0.0502505'],
  ['anthropic', 'claude-haiku-5-5', { inputTokens: 1 }, '0.0000001'],
  ['bedrock', 'global.anthropic.claude-sonnet-5-5', { inputTokens: 1_000, outputTokens: 500 }, '0.007'],
  ['bedrock', 'eu.anthropic.claude-sonnet-5-5', { inputTokens: 1_000, outputTokens: 500 }, '0.0077'],
])('%s %s: %j costs %s USD', (provider, id, usage, usd) => {
  expect(usdOf(modelOf(provider, id).cost(tokens(usage)))).toBe(usd);
});

test.each([
  ['1', 1_000_000_000],
  ['0.05', 50_000_000],
  ['100.00', 100_000_000_000],
])('%s USD is %i billionths', (usd, nanoUsd) => {
  expect(nanoUsdOf(usd)).toBe(nanoUsd);
});

test('a model without a known price is not asked', () => {
  expect(() => modelOf('anthropic', 'claude-opus-9')).toThrow(/known price/);
  expect(() => modelOf('bedrock', 'claude-sonnet-5-5')).toThrow(/known price/);
});

describe('fifty calls at once under a cap of 1.00 USD', () => {
  /** Every call uses all it may: 4,096 tokens out at 10 USD for a million is 0.041 USD. */
  const greedy: Behave = (asked) => ({ ...answerOf(asked), usage: { input: 1_000, output: 4_096 } });
  const answerOf = (asked: Parameters<Behave>[0]) => {
    const told = honest(asked);
    return told.kind === 'answer' ? told : { kind: 'answer' as const, text: '' };
  };
  const rush = async (ledger: Ledger) => {
    const { model } = await open(greedy, { ledger, tenacity: { requestsPerMinute: 1_000 } });
    const calls = Array.from({ length: 50 }, (_, at) => model.ask(executiveSummary, claimsNamed(`claim ${at}`), never));
    const ended = await Promise.allSettled(calls);
    const refused = ended.flatMap((one) => (one.status === 'rejected' ? [Object(one.reason).code] : []));
    return { usd: Number(model.costSummary().usd), calls: model.costSummary().calls, refused };
  };

  test('never spend nor hold more', async () => {
    const ledger = plainLedger();
    const { usd, calls, refused } = await rush(ledger);

    expect(usd).toBeLessThanOrEqual(1);
    expect(ledger.peak()).toBeLessThanOrEqual(1_000_000_000);
    expect(calls).toBeGreaterThan(10);
    expect(new Set(refused)).toStrictEqual(new Set(['BUDGET_EXCEEDED']));
    expect(calls + refused.length).toBe(50);
  });

  test('would pass it if calls were settled and not reserved', async () => {
    const kept = plainLedger();
    const unreserved: Ledger = {
      ...kept,
      reserve: async (budget, _entry, { cap }) => (await kept.balance(budget)).committed <= cap,
      settle: (budget, entry, { spent }) => kept.settle(budget, entry, { reserved: 0, spent }),
    };
    const { usd } = await rush(unreserved);

    expect(usd).toBeGreaterThan(1);
  });
});

describe('what an attempt is settled at', () => {
  const held = { name: 'session', cap: 1_000_000_000 };
  const ledgerAfter = async (behave: Behave, over: Partial<ModelOptions> = {}) => {
    const ledger = plainLedger();
    const { model, requests } = await open(behave, { ledger, budgets: () => [held], ...over });
    const code = await model.ask(executiveSummary, claimsNamed('a claim'), never).then(
      () => 'answered',
      (error: unknown) => String(Object(error).code),
    );
    const { committed } = await ledger.balance('session');
    return { code, attempts: requests.length, committed: usdOf(committed), told: model.costSummary().usd };
  };

  test('an error of the provider costs nothing, however often it comes', async () => {
    const ended = await ledgerAfter(() => ({ kind: 'error', status: 529 }));
    expect(ended).toStrictEqual({ code: 'LLM_OVERLOADED', attempts: 3, committed: '0.00', told: '0.00' });
  });

  test('retries are paid once: only the attempt that answered counts', async () => {
    const ended = await ledgerAfter((asked) =>
      asked.before < 2
        ? { kind: 'error', status: 500 }
        : { ...Object(honest(asked)), usage: { input: 1_000, output: 100 } },
    );
    expect(ended).toStrictEqual({ code: 'answered', attempts: 3, committed: '0.003', told: '0.003' });
  });

  test('a connection dropped after the bill costs the most it can have', async () => {
    const { code, committed, told } = await ledgerAfter(() => ({ kind: 'drop' }));
    expect(code).toBe('LLM_UNAVAILABLE');
    expect(committed).toBe(told);
    expect(Number(told)).toBeGreaterThan(3 * 0.04096);
  });

  test.each([
    { input: -5, output: 10 },
    { input: 1.5, output: 10 },
    { input: 10, output: 1_000_000_000 },
    { input: 0, output: 0 },
  ])('tokens that cannot be, such as %j, cost the most the call can have', async (usage) => {
    const { code, committed } = await ledgerAfter((asked) => ({ ...Object(honest(asked)), usage }));
    expect(code).toBe('answered');
    expect(Number(committed)).toBeGreaterThan(0.04096);
    expect(Number(committed)).toBeLessThan(0.06);
  });

  test('a budget that has no room is named, and the others are given back', async () => {
    const ledger = plainLedger();
    const budgets = () => [held, { name: 'llm#day#2026-11-20', cap: 1 }];
    const { model, requests } = await open(honest, { ledger, budgets });

    await expect(model.ask(executiveSummary, claimsNamed('a'), never)).rejects.toMatchObject({
      code: 'BUDGET_EXCEEDED',
      kind: 'budget',
      where: 'INFRAFABRIC_MAX_USD_DAY',
    });
    expect(await ledger.balance('session')).toMatchObject({ committed: 0 });
    expect(requests).toHaveLength(0);
  });
});
