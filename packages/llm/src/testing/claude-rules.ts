import { type JsonObject, type JsonValue, isJsonObject } from '@infrafabric/protocol';
import { modelIds, modelOf } from '../model-table.ts';

/** Why a provider refuses a request. */
export interface Fault {
  readonly status: number;
  readonly message: string;
}

/** The Messages API takes bodies of up to 32 MB (platform.claude.com, request size limits, 2026-11). */
export const MAX_CLAUDE_BYTES = 32 * 1024 * 1024;

/** What the Messages API finds wrong with a body; `undefined` when nothing is. Source: its reference, version 2026-10-21. */
export function faultOfMessages(body: JsonObject | undefined): Fault | undefined {
  if (body === undefined) return { status: 400, message: 'the request body is not valid JSON' };
  const extra = Object.keys(body).find((name) => !MEMBERS.has(name));
  const gone = ['temperature', 'top_p', 'top_k'].find((name) => name in body);
  if (gone !== undefined) return bad(`${gone}: this parameter is no longer supported`);
  if (extra !== undefined) return bad(`${extra}: Extra inputs are not permitted`);
  return faultOfModel(body) ?? faultOfTalk(body['messages']) ?? faultOfFormat(body['output_config']);
}

/** Instructions, text and model of a body without faults. */
export function textOfMessages(body: JsonObject): { system: string; text: string; model: string } {
  const [first = null] = Array.isArray(body['messages']) ? body['messages'] : [];
  const content = isJsonObject(first) ? first['content'] : '';
  return { system: textIn(body['system']), text: textIn(content), model: String(body['model']) };
}

const MEMBERS = new Set(
  'model max_tokens messages system output_config metadata stop_sequences stream thinking tools tool_choice service_tier cache_control inference_geo'.split(
    ' ',
  ),
);

const bad = (message: string): Fault => ({ status: 400, message });

function faultOfModel({ model, max_tokens: most }: JsonObject): Fault | undefined {
  if (typeof model !== 'string') return bad('model: Field required');
  if (!modelIds('anthropic').includes(model)) return { status: 404, message: `model: ${model}` };
  if (most === undefined) return bad('max_tokens: Field required');
  const limit = modelOf('anthropic', model).maxOutputTokens;
  if (typeof most !== 'number' || !Number.isInteger(most) || most < 0)
    return bad('max_tokens: Input should be a valid integer');
  return most > limit ? bad(`max_tokens: ${most} > ${limit}, which is the maximum allowed for ${model}`) : undefined;
}

function faultOfTalk(messages: JsonValue | undefined): Fault | undefined {
  if (!Array.isArray(messages) || messages.length === 0) return bad('messages: at least one message is required');
  for (const [at, message] of messages.entries()) {
    if (!isJsonObject(message)) return bad(`messages.${at}: Input should be a valid dictionary`);
    const { role, content } = message;
    if (role !== 'user' && role !== 'assistant')
      return bad(`messages.${at}.role: Input should be 'user' or 'assistant'`);
    if (textIn(content) === '') return bad(`messages.${at}: text content blocks must be non-empty`);
  }
  const [first = null] = messages;
  return isJsonObject(first) && first['role'] === 'user'
    ? undefined
    : bad('messages: first message must use the "user" role');
}

/** Structured output takes closed objects only, and not together with citations. */
function faultOfFormat(config: JsonValue | undefined): Fault | undefined {
  if (config === undefined) return undefined;
  if (!isJsonObject(config)) return bad('output_config: Input should be a valid dictionary');
  const { format, effort } = config;
  if (effort !== undefined && !['low', 'medium', 'high', 'xhigh', 'max'].includes(String(effort))) {
    return bad('output_config.effort: Input should be low, medium, high, xhigh or max');
  }
  if (format === undefined) return undefined;
  if (!isJsonObject(format) || format['type'] !== 'json_schema') return bad('output_config.format.type: json_schema');
  const open = openObject(format['schema'], 'schema');
  return open === undefined ? undefined : bad(`output_config.format.${open}`);
}

const UNTAKEN = ['minLength', 'maxLength', 'minimum', 'maximum', 'maxItems', 'multipleOf'];

/** The first thing in a schema that structured output refuses. */
export function openObject(schema: JsonValue | undefined, path: string): string | undefined {
  if (Array.isArray(schema)) return first(schema.entries(), path);
  if (!isJsonObject(schema ?? null)) return undefined;
  const object = Object(schema);
  if (object.type === 'object' && object.additionalProperties !== false) {
    return `${path}: For 'object' type, 'additionalProperties' must be explicitly set to false`;
  }
  const untaken = UNTAKEN.find((name) => name in object && typeof object[name] === 'number');
  return untaken === undefined
    ? first(Object.entries<JsonValue>(object), path)
    : `${path}: property '${untaken}' is not supported`;
}

function first(entries: Iterable<readonly [number | string, JsonValue]>, path: string): string | undefined {
  for (const [name, value] of entries) {
    const found = openObject(value, `${path}.${name}`);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Text of a string or of its text blocks. */
function textIn(content: JsonValue | undefined): string {
  if (typeof content === 'string') return content;
  if (!Array.isArray(content)) return '';
  return content
    .map((block) => (isJsonObject(block) && typeof block['text'] === 'string' ? block['text'] : ''))
    .join('');
}
