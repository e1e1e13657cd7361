import type { Clock } from '@infrafabric/protocol';
import { type AnswerCache, cacheKey, type KeptAnswer, type KeptUnder } from '../cache/answer-cache.ts';
import { redactJson } from '../estate/redaction.ts';
import { type AwsFailure, failureOf } from './aws-failure.ts';
import type { AskedPage, Collector } from './collector.ts';
import type { Politeness } from './politeness.ts';
import type { ReadOnlyClients } from './read-only-client.ts';
import { sdkJson } from './sdk-json.ts';
import type { AwsSpend } from './spend.ts';

/** What asking AWS needs; shared by all places of an account, politeness and spend by all accounts. */
export interface AskPorts {
  readonly clients: ReadOnlyClients;
  readonly politeness: Politeness;
  readonly spend: AwsSpend;
  readonly cache: AnswerCache;
  /** Minutes an answer about cost may come from the cache; default 30. */
  readonly costCacheMinutes?: number;
  readonly clock: Clock;
  readonly signal: AbortSignal;
}

/** A question besides its input: where, what a page costs, and what it weighs on further rate limits. */
export interface Question {
  readonly account: string;
  readonly region: string;
  readonly input: object;
  /** USD a page, default the collector's. */
  readonly usd?: string;
  readonly weights?: Readonly<Record<string, number>>;
  /** Minutes a cached answer will do when the collector allows less. */
  readonly cacheMinutes?: number;
}

/** The pages that came, and why there are no more when one failed. `absent` = AWS said there is none. */
export interface Asked {
  readonly pages: readonly (AskedPage & { readonly atMs: number })[];
  readonly failed?: { readonly input: AskedPage['input']; readonly failure: AwsFailure; readonly atMs: number };
  readonly absent?: AwsFailure;
  readonly calls: number;
  readonly isCached: boolean;
}

/**
 * Asks one operation with one input, all its pages; a page that fails keeps the pages before it.
 *
 * Answers served from the cache hold no secrets; fresh ones are as AWS gave them and must not leave this process.
 * @throws the reason of `signal` when it aborts; CollectError `AWS_OPERATION_FORBIDDEN`.
 */
export async function askAllPages(collector: Collector, question: Question, ports: AskPorts): Promise<Asked> {
  const { account, region } = question;
  const minutes = { prices: 60, cost: ports.costCacheMinutes ?? 30, estate: 0, model: 0 }[collector.answerKind];
  const maxAgeMs = Math.max(minutes, question.cacheMinutes ?? 0) * 60_000;
  if (maxAgeMs === 0) return askFresh(collector, question, ports);
  const key = cacheKey({ account, region, id: collector.id, input: sdkJson(question.input) });
  const under = { kind: collector.answerKind, key };
  const nowMs = ports.clock.nowMs();
  const kept = await ports.cache.get(under, nowMs, maxAgeMs);
  if (kept !== undefined) return fromCache(kept);
  const asked = await askFresh(collector, question, ports);
  if (asked.failed === undefined) await keep(asked, under, { nowMs, id: collector.id, cache: ports.cache });
  return asked;
}

/** An answer of the cache says when AWS gave it, not when it was looked up. */
function fromCache({ pages, absent, atMs }: KeptAnswer): Asked {
  return {
    pages: pages.map((page) => ({ ...page, atMs })),
    ...(absent === undefined ? {} : { absent: { ...absent, meaning: 'refused' } }),
    calls: 0,
    isCached: true,
  };
}

interface Keeping {
  readonly nowMs: number;
  readonly id: string;
  readonly cache: AnswerCache;
}

async function keep({ pages, absent }: Asked, under: KeptUnder, { nowMs, id, cache }: Keeping): Promise<void> {
  const harmless = pages.map(({ input, answer }) => ({ input, answer: redactJson(answer, id).value }));
  await cache.put(under, { pages: harmless, atMs: nowMs, ...(absent === undefined ? {} : { absent: said(absent) }) });
}

const said = ({ error_code, status }: AwsFailure): NonNullable<KeptAnswer['absent']> => ({
  error_code,
  ...(status === undefined ? {} : { status }),
});

async function askFresh(collector: Collector, question: Question, ports: AskPorts): Promise<Asked> {
  const pages: { input: AskedPage['input']; answer: AskedPage['answer']; atMs: number }[] = [];
  let input: object | undefined = collector.firstPage(question.input);
  while (input !== undefined) {
    const sent: object = input;
    const atMs = ports.clock.nowMs();
    try {
      const output = await askPage(collector, { ...question, input: sent }, ports);
      pages.push({ input: sdkJson(sent), answer: sdkJson(output), atMs });
      input = nextInput(collector, output, sent);
    } catch (error) {
      ports.signal.throwIfAborted();
      const failure = failureOf(error);
      const ended = { pages, calls: pages.length + 1, isCached: false };
      if (pages.length === 0 && collector.absent.includes(failure.error_code)) return { ...ended, absent: failure };
      return { ...ended, failed: { input: sdkJson(sent), failure, atMs } };
    }
  }
  return { pages, calls: pages.length, isCached: false };
}

async function askPage(collector: Collector, question: Question, ports: AskPorts): Promise<object> {
  const { account, region, input } = question;
  const usd = question.usd ?? collector.usdPerRequest;
  const call = {
    account,
    region,
    client: collector.client,
    rate: collector.rate,
    signal: ports.signal,
    ...(question.weights === undefined ? {} : { weights: question.weights }),
  };
  return ports.politeness.run(call, async (signal) => {
    const reservation = usd === undefined ? undefined : ports.spend.reserve(usd, collector.id);
    try {
      return await ports.clients.send(collector, input, { region, signal });
    } finally {
      reservation?.settle();
    }
  });
}

/** A token that does not change would ask the same page for ever. */
function nextInput(collector: Collector, output: object, sent: object): object | undefined {
  const next = collector.nextPage(output, sent);
  if (next === undefined) return undefined;
  return JSON.stringify(sdkJson(next)) === JSON.stringify(sdkJson(sent)) ? undefined : next;
}
