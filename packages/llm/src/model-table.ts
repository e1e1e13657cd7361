import { Decimal } from '@infrafabric/finops';
import { z } from 'zod';
import models from '../data/models.json' with { type: 'json' };
import { LlmError } from './errors.ts';

/** Whose API a model is asked through. */
export type Provider = 'anthropic' | 'bedrock';

/** Tokens of one call, by what each class of them costs. */
export interface Usage {
  readonly inputTokens: number;
  readonly outputTokens: number;
  readonly cacheReadTokens: number;
  readonly cacheWriteTokens: number;
}

/** A model that has a price, and so may be asked. */
export interface PricedModel {
  /** The id to send. */
  readonly id: string;
  readonly takesEffort: boolean;
  readonly maxOutputTokens: number;
  /** The day its prices were read. */
  readonly pricesAsOf: string;
  /** What the tokens cost, whole billionths of a USD, rounded up. */
  readonly cost: (usage: Usage) => number;
}

/** Ids of the models that may be asked through a provider, best known first. */
export function modelIds(provider: Provider): string[] {
  return TABLE.models.flatMap(({ id, bedrock }) => {
    if (provider === 'anthropic') return [id];
    return bedrock === undefined ? [] : [`global.${bedrock}`];
  });
}

/**
 * The model of an id. On Bedrock an id is a model id behind the prefix of an inference profile (`global.`, `eu.`, `us.`).
 *
 * @throws LlmError `LLM_MODEL_UNKNOWN` for a model whose price is not known: its cost could not be kept under a cap.
 */
export function modelOf(provider: Provider, id: string): PricedModel {
  const [, prefix = ''] = /^([a-z-]{2,8})\.(?=anthropic\.)/.exec(id) ?? [];
  const plain = prefix === '' ? id : id.slice(prefix.length + 1);
  const found = TABLE.models.find((one) => (provider === 'bedrock' ? one.bedrock === plain : one.id === id));
  if (found === undefined) {
    throw new LlmError('LLM_MODEL_UNKNOWN', {
      message: `expected a model with a known price, got "${id.slice(0, 80)}"`,
      where: '--model',
      fix: `choose from ${modelIds(provider).join(', ')}`,
    });
  }
  const factor = provider === 'bedrock' && prefix !== 'global' ? TABLE.bedrock_regional_factor.value : '1';
  return {
    id,
    takesEffort: found.takes_effort,
    maxOutputTokens: found.max_output_tokens,
    pricesAsOf: found.as_of,
    cost: (usage) => costOf(found.prices, usage, factor),
  };
}

/** Whether the API refuses `temperature`, `top_p` and `top_k` of a model, by its id without a prefix. */
export function refusesSampling(id: string): boolean {
  return TABLE.models.find((one) => one.id === id || one.bedrock === id)?.refuses_sampling ?? true;
}

const Price = z.string().regex(/^\d+(\.\d+)?$/);
const Prices = z.strictObject({
  /** Prompts up to this many tokens, cached ones included; the last entry has none. */
  up_to_tokens: z.int().optional(),
  input: Price,
  output: Price,
  /** For an hour, the dearer of the two. */
  cache_write: Price,
  cache_read: Price,
});
const Dated = { source: z.string(), as_of: z.iso.date() };
const Table = z.strictObject({
  as_of: z.iso.date(),
  unit: z.literal('USD for a million tokens'),
  bedrock_regional_factor: z.strictObject({ value: Price, ...Dated }),
  models: z.array(
    z.strictObject({
      id: z.string(),
      bedrock: z.string().optional(),
      max_output_tokens: z.int(),
      takes_effort: z.boolean(),
      refuses_sampling: z.boolean(),
      prices: z.array(Prices).min(1),
      ...Dated,
    }),
  ),
});

const TABLE = Table.parse(models);

/** Billionths of a USD a token at 1 USD for a million tokens. */
const NANO_USD = 1_000;

function costOf(bands: readonly z.infer<typeof Prices>[], usage: Usage, factor: string): number {
  const prompt = usage.inputTokens + usage.cacheReadTokens + usage.cacheWriteTokens;
  const band = bands.find(({ up_to_tokens: most }) => most === undefined || prompt <= most);
  if (band === undefined) throw new TypeError('expected a last band without a bound');
  return new Decimal(band.input)
    .times(usage.inputTokens)
    .plus(new Decimal(band.output).times(usage.outputTokens))
    .plus(new Decimal(band.cache_write).times(usage.cacheWriteTokens))
    .plus(new Decimal(band.cache_read).times(usage.cacheReadTokens))
    .times(NANO_USD)
    .times(factor)
    .ceil()
    .toNumber();
}
