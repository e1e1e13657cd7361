import { LONGEST_KEPT_MS } from '@infrafabric/collect/cache';
import { LlmError } from '@infrafabric/llm';
import {
  type AnswerStore,
  type DriverChoice,
  type Model,
  type ModelDriver,
  modelOf,
  nanoUsdOf,
  openDriver,
  openModel,
  type PricedModel,
} from '@infrafabric/llm';
import type { Observer, SessionId } from '@infrafabric/protocol';
import type { Config } from '../config/config.ts';
import type { Fabric } from '../fabric.ts';
import { systemIds } from '../ids.ts';
import { openAnswers } from '../live/answers.ts';

/** A model that was asked for, opened for one session. */
export interface Narrator {
  readonly provider: 'anthropic' | 'bedrock' | 'fake';
  readonly model: Model;
  readonly modelId: string;
  /** What a person is told before the first request: where it goes and what is sent. */
  readonly notice: () => Promise<string>;
  readonly close: () => Promise<void>;
}

/** The model of the settings, before anything is opened: a name without a known price is refused here. @throws LlmError `LLM_MODEL_UNKNOWN`. */
export function chosenModel({ llm, llmModel, bedrockModelId }: Config): PricedModel | undefined {
  if (llm === 'none') return undefined;
  if (llm === 'bedrock') return modelOf('bedrock', llmModel === '' ? bedrockModelId : llmModel);
  return modelOf('anthropic', llmModel === '' ? DEFAULT_MODEL : llmModel);
}

/** Own choice: the dearer models write no better three sentences about figures they are given. */
const DEFAULT_MODEL = 'claude-sonnet-5-5';

/** Opens the model of the settings for a session; `undefined` without one. @throws LlmError `LLM_AUTH` without a key. */
export async function openNarrator(
  fabric: Fabric,
  session: SessionId,
  observer: Observer,
): Promise<Narrator | undefined> {
  const { config, clock, ledger } = fabric;
  const model = chosenModel(config);
  if (model === undefined || config.llm === 'none') return undefined;
  const reach = await reachOf(config);
  const answers = await answersOf(fabric);
  const opened = openModel({
    driver: reach.driver,
    model,
    ledger,
    budgets: () => budgetsOf(config, session, clock.nowMs()),
    answers: answers.store,
    clock,
    ids: systemIds,
    tenacity: tenacityOf(config),
    onCall: ({ model: id, inputTokens, outputTokens, usd }) =>
      observer.event({
        type: 'model-called',
        session_id: session,
        at_ms: clock.nowMs(),
        model: id,
        input_tokens: inputTokens,
        output_tokens: outputTokens,
        usd,
      }),
  });
  return {
    provider: config.llm,
    model: opened,
    modelId: model.id,
    notice: async () =>
      `model: ${model.id} at ${await reach.driver.endpoint()}, for at most ${config.maxLlmUsd} USD; sent: the question, statements and figures of claims, rules, regions and types; every other word, account id, ARN or name as a keyed handle; no bill line`,
    close: async () => {
      await Promise.all([reach.close(), answers.close()]);
    },
  };
}

interface Reach {
  readonly driver: ModelDriver;
  readonly close: () => Promise<void>;
}

async function reachOf(config: Config): Promise<Reach> {
  const fake = config.llm === 'fake' ? await (await import('@infrafabric/llm/testing')).fakeClaude() : undefined;
  const driver = await openDriver(choiceOf(config, fake?.url));
  return {
    driver,
    close: async () => {
      driver.close();
      await fake?.close();
    },
  };
}

function choiceOf(config: Config, fakeUrl: string | undefined): DriverChoice {
  if (fakeUrl !== undefined) return { provider: 'anthropic', apiKey: 'fake', baseUrl: fakeUrl };
  if (config.llm === 'bedrock') {
    return { provider: 'bedrock', ...(config.awsProfile === '' ? {} : { profile: config.awsProfile }) };
  }
  if (config.anthropicApiKey === '') {
    throw new LlmError('LLM_AUTH', {
      message: 'no key for the Claude API',
      where: 'ANTHROPIC_API_KEY',
      fix: 'set it, or choose --llm bedrock',
      isUnpaid: true,
    });
  }
  const { anthropicApiKey: apiKey, anthropicBaseUrl: baseUrl } = config;
  return { provider: 'anthropic', apiKey, ...(baseUrl === '' ? {} : { baseUrl }) };
}

/** The cap of the session, and the cap of the UTC day over all sessions of the tenant; a fake spends its own. */
function budgetsOf(config: Config, session: SessionId, nowMs: number) {
  const kind = config.llm === 'fake' ? 'fake' : 'llm';
  return [
    { name: `${kind}#session#${session}`, cap: nanoUsdOf(config.maxLlmUsd) },
    { name: `${kind}#day#${new Date(nowMs).toISOString().slice(0, 10)}`, cap: nanoUsdOf(config.maxLlmUsdDay) },
  ];
}

function tenacityOf({ llmTimeoutSeconds, retryAttempts, breakerFailures, breakerSeconds }: Config) {
  return {
    timeoutMs: llmTimeoutSeconds * 1_000,
    maxAttempts: retryAttempts,
    breakerFailures,
    breakerMs: breakerSeconds * 1_000,
  };
}

/** Answers are kept with those of AWS, for a day; what a fake says is not kept. */
async function answersOf({ config, clock }: Fabric): Promise<{ store: AnswerStore; close: () => Promise<void> }> {
  if (config.llm === 'fake')
    return { store: { get: async () => undefined, put: async () => {} }, close: async () => {} };
  const cache = await openAnswers(config);
  return {
    store: {
      get: async (key) => (await cache.get({ kind: 'model', key }, clock.nowMs(), LONGEST_KEPT_MS))?.pages[0]?.answer,
      put: (key, answer) => cache.put({ kind: 'model', key }, { pages: [{ input: {}, answer }], atMs: clock.nowMs() }),
    },
    close: () => cache.close(),
  };
}
