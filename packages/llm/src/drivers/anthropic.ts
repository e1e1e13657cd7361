import Anthropic, {
  APIConnectionError,
  APIConnectionTimeoutError,
  APIError,
  APIUserAbortError,
} from '@anthropic-ai/sdk';
import { LlmError, type LlmErrorCode } from '../errors.ts';
import type { ModelDriver, ModelReply, ModelRequest } from '../model-driver.ts';

/** How to reach the Claude API; the SDK's own environment and profiles are not consulted. */
export interface AnthropicOptions {
  readonly apiKey: string;
  /** `https://api.anthropic.com` unless given. */
  readonly baseUrl?: string | undefined;
}

/** Asks Claude over the Messages API by the SDK of Anthropic, which neither repeats nor logs here. */
export function anthropicDriver({ apiKey, baseUrl = 'https://api.anthropic.com' }: AnthropicOptions): ModelDriver {
  const client = new Anthropic({ apiKey, authToken: null, baseURL: baseUrl, maxRetries: 0, logLevel: 'off' });
  return {
    name: 'anthropic',
    endpoint: async () => baseUrl,
    async complete(request, signal) {
      try {
        return replyOf(await client.messages.create(bodyOf(request), { signal }));
      } catch (error) {
        throw translated(error);
      }
    },
    close: () => undefined,
  };
}

function bodyOf({
  model,
  system,
  text,
  schema,
  maxTokens,
  effort,
}: ModelRequest): Anthropic.MessageCreateParamsNonStreaming {
  return {
    model,
    max_tokens: maxTokens,
    system,
    messages: [{ role: 'user', content: [{ type: 'text', text }] }],
    output_config: { format: { type: 'json_schema', schema }, ...(effort === undefined ? {} : { effort }) },
  };
}

function replyOf({ content, stop_reason, usage }: Anthropic.Message): ModelReply {
  return {
    text: content.flatMap((block) => (block.type === 'text' ? [block.text] : [])).join(''),
    stopReason: STOPS[stop_reason ?? ''] ?? 'other',
    usage: {
      inputTokens: usage.input_tokens,
      outputTokens: usage.output_tokens,
      cacheReadTokens: usage.cache_read_input_tokens ?? 0,
      cacheWriteTokens: usage.cache_creation_input_tokens ?? 0,
    },
  };
}

const STOPS: Readonly<Record<string, ModelReply['stopReason']>> = {
  end_turn: 'end',
  max_tokens: 'length',
  model_context_window_exceeded: 'length',
  refusal: 'refusal',
};

/** Error answers of the API are not charged (platform.claude.com, errors, 2026-11); a lost answer may be. */
function translated(error: unknown): LlmError {
  if (error instanceof APIUserAbortError)
    return new LlmError('LLM_CANCELLED', { message: 'the request was cancelled' });
  if (error instanceof APIConnectionTimeoutError) {
    return new LlmError('LLM_TIMEOUT', { message: 'the Claude API did not answer in time', cause: error });
  }
  if (error instanceof APIConnectionError) {
    return new LlmError('LLM_UNAVAILABLE', { message: 'the connection to the Claude API broke', cause: error });
  }
  if (error instanceof APIError && typeof error.status === 'number') return answered(error, error.status);
  return new LlmError('LLM_OUTPUT_INVALID', { message: 'the Claude API answered what is no message', cause: error });
}

function answered(error: APIError, status: number): LlmError {
  return new LlmError(codeOf(status), {
    message: `the Claude API answered ${status} ${typeof error.type === 'string' ? error.type : ''}`.trim(),
    fix: FIXES[status],
    retryAfterMs: retryAfterMs(error.headers),
    isUnpaid: true,
    cause: error,
  });
}

function codeOf(status: number): LlmErrorCode {
  if (status === 401 || status === 402 || status === 403) return 'LLM_AUTH';
  if (status === 404) return 'LLM_MODEL_UNKNOWN';
  if (status === 429) return 'LLM_THROTTLED';
  if (status === 529) return 'LLM_OVERLOADED';
  return status >= 500 || status === 408 || status === 409 ? 'LLM_UNAVAILABLE' : 'LLM_BAD_REQUEST';
}

const FIXES: Readonly<Record<number, string>> = {
  401: 'check ANTHROPIC_API_KEY',
  402: 'the organisation of the key has no credit',
  403: 'the key may not use this model',
  404: 'choose another --model',
};

/** Seconds or milliseconds the API asks to wait. */
function retryAfterMs(headers: Headers | undefined): number | undefined {
  const ms = Number(headers?.get('retry-after-ms') ?? Number.NaN);
  const seconds = Number(headers?.get('retry-after') ?? Number.NaN);
  if (Number.isFinite(ms)) return ms;
  return Number.isFinite(seconds) ? seconds * 1_000 : undefined;
}
