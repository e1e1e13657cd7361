import { type JsonObject, type JsonValue, isJsonObject } from '@infrafabric/protocol';
import type { Handles } from './handles.ts';
import { KEPT_TAG, OWN_MAPS, SERVICE_NAME, WORD_OF_AWS, isKeptMember } from './kept.ts';

/** Replaces account ids, ARNs, ids and names in an answer of AWS by their handles; numbers, times and AWS's own words stay. */
export function pseudonymise(answer: JsonObject, handles: Handles): JsonObject {
  return objectOf(answer, '', handles);
}

/** A line of `metrics.ndjson`: namespace, metric, statistic and the names of dimensions are AWS's. */
export function pseudonymiseSeries(line: JsonObject, handles: Handles): JsonObject {
  const { dimensions } = line;
  if (!isJsonObject(dimensions)) return line;
  const replaced = Object.entries(dimensions).map(([name, value]) => [name, valueOf(value ?? null, name, handles)]);
  return { ...line, dimensions: Object.fromEntries(replaced) };
}

function valueOf(value: JsonValue, member: string, handles: Handles): JsonValue {
  if (typeof value === 'string') return textOf(value, member, handles);
  if (Array.isArray(value)) {
    return value.map((item) => (isJsonObject(item) ? objectOf(item, '', handles) : valueOf(item, member, handles)));
  }
  return isJsonObject(value) ? objectOf(value, member, handles) : value;
}

function objectOf(object: JsonObject, member: string, handles: Handles): JsonObject {
  const isOwnMap = OWN_MAPS.has(member);
  return Object.fromEntries(
    Object.entries(object).map(([name, child]) => {
      const isOwn = isOwnMap || !MEMBER.test(name);
      const key = isOwn && !KEPT_TAG.test(name) ? handles.of(name) : name;
      return [key, valueOf(child ?? null, isOwn ? '' : childName(name, member), handles)];
    }),
  );
}

/** `State.Name` is a state, every other `Name` a name. */
const childName = (name: string, parent: string): string => (name === 'Name' && parent === 'State' ? parent : name);

function textOf(text: string, member: string, handles: Handles): string {
  if (member === 'Key' && KEPT_TAG.test(text)) return text;
  if (member === 'Keys' && SERVICE_NAME.test(text)) return text;
  if (isKeptMember(member) && WORD_OF_AWS.test(text) && !/\d{12}/.test(text)) return text;
  return inner(text, handles) ?? handles.of(text);
}

/** A policy is JSON in a text: it is replaced member by member. */
function inner(text: string, handles: Handles): string | undefined {
  if (!text.startsWith('{')) return undefined;
  const value = parsed(text);
  return isJsonObject(value) ? JSON.stringify(objectOf(value, '', handles)) : undefined;
}

function parsed(text: string): JsonValue | undefined {
  try {
    const value: JsonValue = JSON.parse(text);
    return value;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** A member of a shape; keys of maps that look otherwise are the account's own. */
const MEMBER = /^[A-Za-z][A-Za-z0-9_]{0,60}$/;
