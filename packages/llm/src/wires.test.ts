import Anthropic from '@anthropic-ai/sdk';
import { BedrockRuntimeClient, ConverseCommand, type ConverseCommandInput } from '@aws-sdk/client-bedrock-runtime';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ModelDriver, ModelRequest } from './model-driver.ts';
import { openDriver } from './open-driver.ts';
import { executiveSummary } from './prompts/executive-summary.ts';
import { requestOf } from './prompt.ts';
import { answer, type Asked, fakeBedrock, fakeClaude, type FakeServer } from './testing/index.ts';

const CREDENTIALS = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret' };
const BEDROCK_ID = 'global.anthropic.claude-sonnet-5-5';
const DATA = { claims: [{ id: 'c1', statement: 'Saves 12.50 USD/month.' }] };
const never = new AbortController().signal;

const asked: Asked[] = [];
const note = (one: Asked) => {
  asked.push(one);
  return answer({ sentences: [] });
};
let claude: FakeServer;
let bedrock: FakeServer;
beforeAll(async () => {
  [claude, bedrock] = await Promise.all([fakeClaude(note), fakeBedrock(note)]);
});
afterAll(async () => {
  await Promise.all([claude.close(), bedrock.close()]);
});

const requestTo = (model: string): ModelRequest =>
  requestOf(executiveSummary, DATA, { model, maxTokens: 4_096, effort: 'low' });

describe('the drivers', () => {
  const cases = [
    [
      'anthropic',
      'claude-sonnet-5-5',
      () => openDriver({ provider: 'anthropic', apiKey: 'sk-fake', baseUrl: claude.url }),
    ],
    [
      'bedrock',
      BEDROCK_ID,
      () => openDriver({ provider: 'bedrock', region: 'us-east-1', endpoint: bedrock.url, credentials: CREDENTIALS }),
    ],
  ] as const;

  test.each(cases)(
    '%s sends prompt and data over its own wire and reads text and tokens',
    async (_name, model, open) => {
      const driver: ModelDriver = await open();
      const reply = await driver.complete(requestTo(model), never);
      driver.close();

      expect(reply).toMatchObject({ text: '{"sentences":[]}', stopReason: 'end' });
      expect(reply.usage).toMatchObject({ outputTokens: 4, cacheReadTokens: 0, cacheWriteTokens: 0 });
      expect(reply.usage.inputTokens).toBeGreaterThan(500);
      expect(asked.at(-1)).toMatchObject({ system: executiveSummary.system, data: DATA });
    },
  );

  test('none refuses and charges nothing', async () => {
    const driver = await openDriver({ provider: 'none' });
    await expect(driver.complete(requestTo('x'), never)).rejects.toMatchObject({ code: 'LLM_AUTH', isUnpaid: true });
  });

  test('the key goes as a bearer, and no sampling parameter goes at all', () => {
    const [{ headers, body } = { headers: {}, body: '' }] = claude.requests;

    expect(headers).toMatchObject({ authorization: 'Bearer sk-fake', 'anthropic-version': '2026-10-21' });
    expect(Object.keys(Object(JSON.parse(body))).sort()).toStrictEqual([
      'max_tokens',
      'messages',
      'model',
      'output_config',
      'system',
    ]);
    expect(Object.keys(Object(JSON.parse(bedrock.requests[0]?.body ?? '')).inferenceConfig)).toStrictEqual([
      'maxTokens',
    ]);
  });
});

describe('the fake Claude, asked by the SDK of Anthropic as it comes', () => {
  const body = {
    model: 'claude-sonnet-5-5',
    max_tokens: 16,
    messages: [{ role: 'user' as const, content: 'hello' }],
  };
  const send = (over: object, headers: Record<string, string | null> = {}) => {
    const client = new Anthropic({ apiKey: 'k', baseURL: claude.url, maxRetries: 0, logLevel: 'off' });
    return client.messages.create({ ...body, ...over }, { headers, timeout: 60_000 });
  };

  test('answers a plain request', async () => {
    await expect(send({})).resolves.toMatchObject({ type: 'message', stop_reason: 'end_turn' });
  });

  test.each([
    ['a temperature, even the default', { temperature: 1 }, 400],
    ['top_p', { top_p: 0.9 }, 400],
    ['top_k', { top_k: 5 }, 400],
    ['no max_tokens', { max_tokens: undefined }, 400],
    ['more tokens than the model writes', { max_tokens: 128_001 }, 400],
    ['a model that is not there', { model: 'claude-3-opus-20240229' }, 404],
    ['no message', { messages: [] }, 400],
    ['an unknown member', { surprise: 1 }, 400],
    ['an open schema', { output_config: { format: { type: 'json_schema', schema: { type: 'object' } } } }, 400],
    ['an effort that is none', { output_config: { effort: 'heroic' } }, 400],
  ])('refuses %s', async (_what, over, status) => {
    await expect(send({ ...over })).rejects.toMatchObject({ status });
  });

  test('refuses another version, a missing key and 32 MB', async () => {
    await expect(send({}, { 'anthropic-version': '2023-06-01' })).rejects.toMatchObject({ status: 400 });
    await expect(send({}, { authorization: null })).rejects.toMatchObject({ status: 401 });
    const large = [{ role: 'user', content: 'x'.repeat(32 * 1024 * 1024) }];
    await expect(send({ messages: large })).rejects.toMatchObject({ status: 413 });
  });
});

describe('the fake Bedrock, asked by the SDK of AWS as it comes, over HTTP/2', () => {
  const input = { modelId: BEDROCK_ID, messages: [{ role: 'user' as const, content: [{ text: 'hello' }] }] };
  const send = async (over: Partial<ConverseCommandInput>) => {
    const options = { region: 'us-east-1', endpoint: bedrock.url, credentials: CREDENTIALS, maxAttempts: 1 };
    const client = new BedrockRuntimeClient(options);
    return client.send(new ConverseCommand({ ...input, ...over })).finally(() => client.destroy());
  };

  test('answers a plain request', async () => {
    await expect(send({})).resolves.toMatchObject({ stopReason: 'end_turn' });
  });

  test.each<[string, Partial<ConverseCommandInput>]>([
    ['a temperature where the model refuses it', { inferenceConfig: { temperature: 0.1 } }],
    ['more tokens than the model writes', { inferenceConfig: { maxTokens: 200_000 } }],
    ['a model that is not there', { modelId: 'anthropic.claude-3-sonnet-20240229-v1:0' }],
    ['a model without an inference profile', { modelId: 'anthropic.claude-sonnet-5-5' }],
    ['no message', { messages: [] }],
  ])('refuses %s', async (_what, over) => {
    await expect(send(over)).rejects.toMatchObject({ name: 'ValidationException' });
  });

  test('takes a temperature where the model does', async () => {
    const modelId = 'global.anthropic.claude-sonnet-4-6';
    await expect(send({ modelId, inferenceConfig: { temperature: 0.1 } })).resolves.toMatchObject({
      stopReason: 'end_turn',
    });
  });
});

test('the endpoint that is named is the one of the region, in every partition', async () => {
  const named = async (region: string) =>
    (await openDriver({ provider: 'bedrock', region, credentials: CREDENTIALS })).endpoint();
  expect(await Promise.all(['eu-west-1', 'us-gov-west-1', 'cn-north-1'].map(named))).toStrictEqual([
    'https://bedrock-runtime.eu-west-1.amazonaws.com',
    'https://bedrock-runtime.us-gov-west-1.amazonaws.com',
    'https://bedrock-runtime.cn-north-1.amazonaws.com.cn',
  ]);
});
