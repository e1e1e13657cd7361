import { type Clock, canonicalBytes, type Ids, type JsonObject, type Ledger, sha256Hex } from '@infrafabric/protocol';
import { LlmError } from './errors.ts';
import type { ModelDriver, ModelReply } from './model-driver.ts';
import type { PricedModel, Usage } from './model-table.ts';
import { paidAttempt, type PaidReply } from './paid-attempt.ts';
import { type Prompt, requestOf } from './prompt.ts';
import { RequestWindow } from './request-window.ts';
import { type Budget, usdOf } from './spending.ts';
import { persistence, TENACITY, type Tenacity } from './tenacity.ts';

/** One request that was paid for. */
export interface ModelCall {
  readonly model: string;
  readonly inputTokens: number;
  readonly outputTokens: number;
  readonly usd: string;
}

/** What the calls of a run have cost. */
export interface CostSummary {
  /** Requests that were paid for, or may have been. */
  readonly calls: number;
  /** Answers taken from the cache: nothing was sent. */
  readonly cached: number;
  readonly inputTokens: number;
  readonly outputTokens: number;
  /** By the dated table; what may have been charged for without an answer counts at its upper bound. */
  readonly usd: string;
}

/** Keeps answers by the hash of what was asked; one that fails is empty. */
export interface AnswerStore {
  get(key: string): Promise<JsonObject | undefined>;
  put(key: string, answer: JsonObject): Promise<void>;
}

/** What a model is asked with. */
export interface ModelOptions {
  readonly driver: ModelDriver;
  readonly model: PricedModel;
  readonly ledger: Ledger;
  /** Every call has to fit into all of them. */
  readonly budgets: () => readonly Budget[];
  readonly answers: AnswerStore;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly onCall?: (call: ModelCall) => void;
  readonly tenacity?: Partial<Tenacity>;
}

/** A model that may be asked, within its budgets. */
export interface Model {
  /** Asks, or takes the kept answer to the same request; the answer has the shape of the prompt. @throws LlmError */
  readonly ask: <T extends object>(prompt: Prompt<T>, data: JsonObject, signal: AbortSignal) => Promise<T>;
  readonly costSummary: () => CostSummary;
}

/** Output tokens of an answer at most, thinking included. Source: the Bedrock set-up this design follows (max tokens 4,096). */
const MAX_OUTPUT_TOKENS = 4_096;

/** Opens a model: kept answers, limits, repetition and money around one driver. */
export function openModel(options: ModelOptions): Model {
  const tenacity = { ...TENACITY, ...options.tenacity };
  const ports = {
    ...options,
    timeoutMs: tenacity.timeoutMs,
    window: new RequestWindow(options.clock, tenacity.requestsPerMinute),
  };
  const persist = persistence(tenacity);
  const tally = openTally();
  return {
    costSummary: () => tally.summary(),
    async ask(prompt, data, signal) {
      const { id, takesEffort, maxOutputTokens } = options.model;
      const maxTokens = Math.min(MAX_OUTPUT_TOKENS, maxOutputTokens);
      const request = requestOf(prompt, data, { model: id, maxTokens, ...(takesEffort ? { effort: 'low' } : {}) });
      const key = sha256Hex(canonicalBytes({ provider: options.driver.name, ...request }));
      const kept = prompt.schema.safeParse(await options.answers.get(key));
      if (kept.success) {
        tally.kept();
        return kept.data;
      }
      const answer = await persist(async (inner) => {
        const paid = await paidAttempt(ports, request, { signal: inner, onLost: (nanoUsd) => tally.lost(nanoUsd) });
        tally.paid(paid);
        options.onCall?.(callOf(id, paid));
        return answerIn(paid.reply, prompt);
      }, signal);
      await options.answers.put(key, answer.json);
      return answer.value;
    },
  };
}

function openTally() {
  const tally = { calls: 0, cached: 0, inputTokens: 0, outputTokens: 0, nanoUsd: 0 };
  return {
    kept: () => void (tally.cached += 1),
    lost(nanoUsd: number) {
      tally.calls += 1;
      tally.nanoUsd += nanoUsd;
    },
    paid({ reply: { usage }, nanoUsd }: PaidReply) {
      tally.calls += 1;
      tally.nanoUsd += nanoUsd;
      tally.inputTokens += promptTokens(usage);
      tally.outputTokens += whole(usage.outputTokens);
    },
    summary(): CostSummary {
      const { nanoUsd, ...counts } = tally;
      return { ...counts, usd: usdOf(nanoUsd) };
    },
  };
}

function callOf(model: string, { reply: { usage }, nanoUsd }: PaidReply): ModelCall {
  return {
    model,
    inputTokens: promptTokens(usage),
    outputTokens: whole(usage.outputTokens),
    usd: usdOf(nanoUsd),
  };
}

/** Tokens sent, cached or not. */
const promptTokens = (usage: Usage): number =>
  whole(usage.inputTokens) + whole(usage.cacheReadTokens) + whole(usage.cacheWriteTokens);

/** A count a provider gave; what is none counts as 0. */
const whole = (tokens: number): number => (Number.isSafeInteger(tokens) && tokens >= 0 ? tokens : 0);

interface Answer<T> {
  readonly value: T;
  readonly json: JsonObject;
}

/** @throws LlmError `LLM_REFUSED`, `LLM_TRUNCATED`, `LLM_OUTPUT_INVALID`. */
function answerIn<T>({ text, stopReason }: ModelReply, { schema, name }: Prompt<T>): Answer<T> {
  if (stopReason === 'refusal') throw new LlmError('LLM_REFUSED', { message: `the model refused ${name}` });
  if (stopReason === 'length') {
    throw new LlmError('LLM_TRUNCATED', { message: `the answer to ${name} was cut at ${MAX_OUTPUT_TOKENS} tokens` });
  }
  const json = jsonIn(text);
  const parsed = schema.safeParse(json);
  if (parsed.success && json !== undefined) return { value: parsed.data, json };
  throw new LlmError('LLM_OUTPUT_INVALID', {
    message: `the answer to ${name} does not have the shape that was asked for`,
  });
}

function jsonIn(text: string): JsonObject | undefined {
  if (text.length > MAX_ANSWER_CHARACTERS) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- JSON that is an object; its schema judges the rest
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : undefined;
  } catch {
    return undefined; // no answer has this value, so the caller refuses it
  }
}

/** Far above what the tokens allowed can spell. */
const MAX_ANSWER_CHARACTERS = 256 * 1024;
