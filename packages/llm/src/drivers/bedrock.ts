import {
  BedrockRuntimeClient,
  type BedrockRuntimeClientConfig,
  BedrockRuntimeServiceException,
  ConverseCommand,
  type ConverseCommandInput,
  type ConverseCommandOutput,
} from '@aws-sdk/client-bedrock-runtime';
import { LlmError, type LlmErrorCode } from '../errors.ts';
import type { ModelDriver, ModelReply, ModelRequest } from '../model-driver.ts';
import type { Usage } from '../model-table.ts';

/** How to reach Bedrock; what is absent comes from the SDK's own chain. */
export type BedrockOptions = Pick<BedrockRuntimeClientConfig, 'region' | 'endpoint' | 'credentials' | 'profile'>;

/** Asks Claude over Bedrock Converse by the SDK of AWS, which does not repeat here. */
export function bedrockDriver(options: BedrockOptions = {}): ModelDriver {
  const client = new BedrockRuntimeClient({ ...options, maxAttempts: 1 });
  return {
    name: 'bedrock',
    endpoint: () => endpointOf(client, options),
    async complete(request, signal) {
      try {
        return replyOf(await client.send(new ConverseCommand(inputOf(request)), { abortSignal: signal }));
      } catch (error) {
        throw translated(error, signal);
      }
    },
    close: () => client.destroy(),
  };
}

/** The endpoint of the options, of the environment or profile, or of the region, in the order the SDK takes them. */
async function endpointOf({ config }: BedrockRuntimeClient, { endpoint }: BedrockOptions): Promise<string> {
  if (typeof endpoint === 'string') return endpoint;
  try {
    const Region = await config.region();
    const configured = await config.serviceConfiguredEndpoint?.();
    if (configured !== undefined) return configured;
    const UseFIPS = await config.useFipsEndpoint();
    return config.endpointProvider({ Region, UseFIPS, UseDualStack: await config.useDualstackEndpoint() }).url.origin;
  } catch (cause) {
    const fix = 'set AWS_REGION, or name a profile that has one with --profile';
    throw new LlmError('LLM_AUTH', { message: 'no AWS region for Bedrock', fix, isUnpaid: true, cause });
  }
}

function inputOf({ model, system, text, schema, maxTokens, effort }: ModelRequest): ConverseCommandInput {
  return {
    modelId: model,
    system: [{ text: system }],
    messages: [{ role: 'user', content: [{ text }] }],
    inferenceConfig: { maxTokens },
    outputConfig: {
      textFormat: {
        type: 'json_schema',
        structure: { jsonSchema: { name: 'answer', schema: JSON.stringify(schema) } },
      },
      ...(effort === undefined ? {} : { effort }),
    },
  };
}

function replyOf({ output, stopReason, usage }: ConverseCommandOutput): ModelReply {
  const blocks = output?.message?.content ?? [];
  return {
    text: blocks.map((block) => block.text ?? '').join(''),
    stopReason: STOPS[stopReason ?? ''] ?? 'other',
    usage: usageOf(usage),
  };
}

function usageOf(usage: ConverseCommandOutput['usage']): Usage {
  return {
    inputTokens: usage?.inputTokens ?? Number.NaN,
    outputTokens: usage?.outputTokens ?? Number.NaN,
    cacheReadTokens: usage?.cacheReadInputTokens ?? 0,
    cacheWriteTokens: usage?.cacheWriteInputTokens ?? 0,
  };
}

const STOPS: Readonly<Record<string, ModelReply['stopReason']>> = {
  end_turn: 'end',
  max_tokens: 'length',
  model_context_window_exceeded: 'length',
  content_filtered: 'refusal',
  guardrail_intervened: 'refusal',
};

function translated(error: unknown, signal: AbortSignal): LlmError {
  if (signal.aborted) return new LlmError('LLM_CANCELLED', { message: 'the request was cancelled', cause: error });
  if (error instanceof BedrockRuntimeServiceException && error.$metadata.httpStatusCode !== undefined) {
    const code = CODES[error.name] ?? (error.$fault === 'server' ? 'LLM_UNAVAILABLE' : 'LLM_BAD_REQUEST');
    return new LlmError(code, {
      message: `Bedrock answered ${error.name}`,
      fix: FIXES[error.name],
      isUnpaid: error.name !== 'ModelTimeoutException' && error.name !== 'ModelErrorException',
      cause: error,
    });
  }
  if (error instanceof Error && error.name === 'CredentialsProviderError') {
    const fix = 'sign in to AWS, or name a profile with --profile';
    return new LlmError('LLM_AUTH', { message: 'no AWS credentials for Bedrock', fix, isUnpaid: true, cause: error });
  }
  const isText = error instanceof SyntaxError;
  return new LlmError(isText ? 'LLM_OUTPUT_INVALID' : 'LLM_UNAVAILABLE', {
    message: isText ? 'Bedrock answered what is no message' : 'the connection to Bedrock broke',
    cause: error,
  });
}

/** Source: errors of Converse in the Amazon Bedrock API reference, 2026-11. */
const CODES: Readonly<Record<string, LlmErrorCode>> = {
  AccessDeniedException: 'LLM_AUTH',
  UnrecognizedClientException: 'LLM_AUTH',
  ExpiredTokenException: 'LLM_AUTH',
  InvalidSignatureException: 'LLM_AUTH',
  ResourceNotFoundException: 'LLM_MODEL_UNKNOWN',
  ThrottlingException: 'LLM_THROTTLED',
  ModelNotReadyException: 'LLM_OVERLOADED',
  ServiceUnavailableException: 'LLM_OVERLOADED',
  ModelTimeoutException: 'LLM_TIMEOUT',
};

const FIXES: Readonly<Record<string, string>> = {
  AccessDeniedException: 'allow bedrock:InvokeModel on the model and ask for access to it in the Bedrock console',
  ExpiredTokenException: 'sign in to AWS again',
  ResourceNotFoundException: 'choose another --model, or another region',
};
