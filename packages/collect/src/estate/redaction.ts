import { isJsonObject, type JsonObject, type JsonValue } from '@infrafabric/protocol';
import { type PointerRule, REDACTION_RULES } from './redaction-rules.ts';

/** What is left of an input after its secrets were replaced, and how many were. */
export interface Redacted<T> {
  readonly value: T;
  readonly redactions: number;
}

/**
 * Replaces the secrets in an AWS answer by `[redacted:<rule>]`, by every rule of `REDACTION_RULES`.
 *
 * `operation` is `<client>.<Operation>`. What was replaced before stays as it is and is not counted again.
 */
export function redactJson(answer: JsonObject, operation: string): Redacted<JsonObject> {
  const pass: Pass = { pointers: pointersFor(operation), path: [], redactions: 0 };
  const value = redactObject(answer, pass);
  return { value, redactions: pass.redactions };
}

/** Replaces what has the form of a secret in one text, such as one field of a bill. */
export function redactText(text: string): Redacted<string> {
  if (text.length < SHORTEST_SECRET || !ANY_SECRET.test(text)) return { value: text, redactions: 0 };
  let redactions = 0;
  let value = text;
  for (const { id, everywhere } of VALUE_RULES) {
    value = value.replaceAll(everywhere, () => {
      redactions += 1;
      return marker(id);
    });
  }
  return { value, redactions };
}

interface Pass {
  readonly pointers: ReadonlyMap<string, readonly Target[]>;
  readonly path: string[];
  redactions: number;
}

/** A pointer of a rule, ready to compare with the end of a path. */
interface Target {
  readonly id: string;
  readonly tokens: readonly string[];
}

function redactValue(value: JsonValue, pass: Pass): JsonValue {
  if (typeof value === 'string') return redactString(value, pass);
  if (Array.isArray(value)) {
    return value.map((item, index) => inside(pass, String(index), () => redactValue(item, pass)));
  }
  return isJsonObject(value) ? redactObject(value, pass) : value;
}

function redactString(text: string, pass: Pass): string {
  const { value, redactions } = redactText(text);
  pass.redactions += redactions;
  return value;
}

/** Rebuilt from entries, so that a member called `__proto__` stays a member. */
function redactObject(object: JsonObject, pass: Pass): JsonObject {
  const paired = secretOfPair(object);
  return Object.fromEntries(
    Object.entries(object).map(([name, child]) => [
      redactString(name, pass),
      inside(pass, name, () => redactMember(name, child ?? null, pass, name === paired)),
    ]),
  );
}

function redactMember(name: string, child: JsonValue, pass: Pass, paired: boolean): JsonValue {
  const id = pass.pointers.get(name)?.find((target) => endsWith(pass.path, target))?.id;
  if (id !== undefined) return hide(child, id, pass);
  if (typeof child === 'string' && (paired || isTellingName(name)) && !isHarmless(child)) {
    return hide(child, NAME_RULE.id, pass);
  }
  return redactValue(child, pass);
}

function inside<T>(pass: Pass, token: string, visit: () => T): T {
  pass.path.push(token);
  const result = visit();
  pass.path.pop();
  return result;
}

function hide(value: JsonValue, id: string, pass: Pass): JsonValue {
  if (Array.isArray(value)) return value.map((item) => hide(item, id, pass));
  if (isJsonObject(value)) {
    return Object.fromEntries(Object.entries(value).map(([name, child]) => [name, hide(child ?? null, id, pass)]));
  }
  if (value === '' || value === null || typeof value === 'boolean' || isMarker(value)) return value;
  pass.redactions += 1;
  return marker(id);
}

/** The member that holds a secret in `{"Key": "DB_PASSWORD", "Value": "..."}` and its spellings. */
function secretOfPair(object: JsonObject): string | undefined {
  const pair = PAIRS.find(([name, value]) => Object.hasOwn(object, name) && Object.hasOwn(object, value));
  const name = pair === undefined ? undefined : object[pair[0]];
  return typeof name === 'string' && isTellingName(name) ? pair?.[1] : undefined;
}

const PAIRS = [
  ['Key', 'Value'],
  ['key', 'value'],
  ['Name', 'Value'],
  ['name', 'value'],
  ['ParameterKey', 'ParameterValue'],
  ['ParameterName', 'ParameterValue'],
] as const;

const LONGEST_NAME = 256;
const isTellingName = (name: string): boolean => name.length <= LONGEST_NAME && NAME_RULE.names.test(name);
const isHarmless = (text: string): boolean => /^(true|false|arn:aws.*|)$/i.test(text) || isMarker(text);
const isMarker = (value: JsonValue): boolean => typeof value === 'string' && /^\[redacted:[a-z-]+\]$/.test(value);
const marker = (id: string): string => `[redacted:${id}]`;

function endsWith(path: readonly string[], target: Target): boolean {
  const start = path.length - target.tokens.length;
  return start >= 0 && target.tokens.every((token, index) => token === '*' || token === path[start + index]);
}

function pointersFor(operation: string): ReadonlyMap<string, readonly Target[]> {
  const [client] = operation.split('.');
  const applies = (rule: PointerRule): boolean =>
    rule.operations.some((name) => name === '*' || name === operation || name === `${client}.*`);
  const targets = REDACTION_RULES.filter((rule) => rule.kind === 'pointer')
    .filter(applies)
    .flatMap((rule) => rule.pointers.map((pointer) => targetOf(rule.id, pointer)));
  return Map.groupBy(targets, (target) => target.tokens.at(-1) ?? '');
}

function targetOf(id: string, pointer: string): Target {
  return { id, tokens: pointer.slice(1).split('/') };
}

const NAME_RULE = REDACTION_RULES.find((rule) => rule.kind === 'name') ?? { id: 'named-secret', names: /^$/ };
const VALUE_RULES = REDACTION_RULES.filter((rule) => rule.kind === 'value').map((rule) => ({
  id: rule.id,
  everywhere: new RegExp(rule.pattern.source, 'g'),
}));
const ANY_SECRET = new RegExp(VALUE_RULES.map((rule) => `(?:${rule.everywhere.source})`).join('|'));
const SHORTEST_SECRET = 7;
