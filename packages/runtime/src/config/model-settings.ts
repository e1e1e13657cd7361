import { anyText, httpUrl, oneOf, type Setting, usd, wholeNumber } from './setting.ts';

/** Settings of the model that puts a report in words. */
export const MODEL_SETTINGS = {
  retryAttempts: {
    env: 'RETRY_MAX_ATTEMPTS',
    key: 'retry_max_attempts',
    unit: 'attempts',
    describe: 'Attempts of one request to a model, in all',
    fallback: 3,
    parse: wholeNumber(1, 10),
  } satisfies Setting<number>,
  llm: {
    env: 'INFRAFABRIC_LLM',
    flag: 'llm',
    key: 'llm',
    describe:
      'Who puts a report in words: none, anthropic (Claude API), bedrock, or fake (a test double on this machine)',
    fallback: 'none',
    parse: oneOf('none', 'anthropic', 'bedrock', 'fake'),
  } satisfies Setting<'none' | 'anthropic' | 'bedrock' | 'fake'>,
  llmModel: {
    env: 'INFRAFABRIC_MODEL',
    flag: 'model',
    key: 'model',
    describe: 'Model to ask, such as claude-opus-5-5; empty: claude-sonnet-5-5, or BEDROCK_MODEL_ID on Bedrock',
    fallback: '',
    parse: anyText,
  } satisfies Setting<string>,
  bedrockModelId: {
    env: 'BEDROCK_MODEL_ID',
    key: 'bedrock_model_id',
    describe: 'Model to ask on Bedrock: the id of an inference profile',
    fallback: 'global.anthropic.claude-sonnet-5-5',
    parse: anyText,
  } satisfies Setting<string>,
  maxLlmUsd: {
    env: 'INFRAFABRIC_MAX_USD',
    flag: 'max-usd',
    key: 'max_usd',
    unit: 'USD',
    describe: 'Most one analysis may spend on a model, reserved before each request',
    fallback: '1.00',
    parse: usd,
  } satisfies Setting<string>,
  maxLlmUsdDay: {
    env: 'INFRAFABRIC_MAX_USD_DAY',
    key: 'max_usd_day',
    unit: 'USD',
    describe: 'Most all analyses of the tenant together may spend on models in a UTC day',
    fallback: '100.00',
    parse: usd,
  } satisfies Setting<string>,
  llmTimeoutSeconds: {
    env: 'INFRAFABRIC_LLM_TIMEOUT_SECONDS',
    key: 'llm_timeout_seconds',
    unit: 'seconds',
    describe: 'How long one request to a model may take',
    fallback: 10,
    parse: wholeNumber(1, 600),
  } satisfies Setting<number>,
  anthropicApiKey: {
    env: 'ANTHROPIC_API_KEY',
    isSecret: true,
    describe: 'Key of the Claude API; alone it sends nothing',
    fallback: '',
    parse: anyText,
  } satisfies Setting<string>,
  anthropicBaseUrl: {
    env: 'ANTHROPIC_BASE_URL',
    key: 'anthropic_base_url',
    describe: 'Where the Claude API is reached; empty: https://api.anthropic.com',
    fallback: '',
    parse: httpUrl,
  } satisfies Setting<string>,
} as const;
