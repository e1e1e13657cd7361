import { type Citation, isJsonObject, type JsonObject, type JsonValue } from '@infrafabric/protocol';

/** Tag with the ids of rules that a resource is not to be judged by, or `all`; always in force. */
export const IGNORE_TAG = 'infrafabric:ignore';

/** One condition of an expression on the tags of a resource. */
interface Condition {
  readonly key: string;
  /** `any` value, one `of` some, or `none`: the tag is absent. */
  readonly is: 'any' | 'of' | 'none';
  readonly values: readonly string[];
}

/** An expression a person excluded resources by. */
export interface Exclusion {
  readonly expression: string;
  readonly conditions: readonly Condition[];
}

/**
 * Reads an expression on tags.
 *
 * `env=prod` one value, `team=a|b` one of several, `name=ci-*` with a star for any characters, `keep` any value, `!owner` no such
 * tag, `env!=prod` another value or no such tag; `&` between conditions that must all hold. Keys and values are taken as they are,
 * capitals included, as AWS does.
 * `undefined` when it is none.
 */
export function readExclusion(expression: string): Exclusion | undefined {
  if (expression.length > MOST_CHARACTERS) return undefined;
  const parts = expression.split('&').map((part) => part.trim());
  const conditions = parts.map(readCondition);
  const known = conditions.filter((one) => one !== undefined);
  return known.length < parts.length ? undefined : { expression: parts.join('&'), conditions: known };
}

/** Longest expression. */
const MOST_CHARACTERS = 500;

function readCondition(part: string): Condition | undefined {
  const [, not = '', key = '', operator = '', list = ''] = CONDITION.exec(part) ?? [];
  if (key === '' || (not !== '' && operator !== '')) return undefined;
  if (operator === '') return { key, is: not === '' ? 'any' : 'none', values: [] };
  const values = list.split('|').map((value) => value.trim());
  return { key, is: operator === '=' ? 'of' : 'none', values };
}

/** Refuses `env==prod` and `env=~/prod/` of other tools: what follows their `=`, taken as a value, would fit nothing and nobody would know. */
const CONDITION = /^(!?)([^=!|]+?)\s*(?:(!?=)(?!\s*[=~])\s*(.*))?$/s;

/** The tags of a description and where they stand; `undefined` where the description does not speak of tags. */
interface Tags {
  readonly of: ReadonlyMap<string, string>;
  readonly member: string;
}

/** Why a rule does not count for a resource: the expression, and where the tags that fit it stand. */
export interface Excluded {
  readonly expression: string;
  readonly citation: Citation;
}

/** The description of a resource with its place. */
interface Described {
  readonly item: JsonObject;
  readonly citations: readonly Citation[];
}

/**
 * Whether the tags of a resource take it out of a rule: by {@link IGNORE_TAG} or by an expression of the person.
 *
 * An absent tag counts as absent only where a description of the resource lists its tags.
 */
export function excludedBy(
  rule: string,
  versions: readonly Described[],
  exclusions: readonly Exclusion[],
): Excluded | undefined {
  for (const { item, citations } of versions) {
    const tags = tagsOf(item);
    const [place] = citations;
    if (tags === undefined || place === undefined) continue;
    const expression =
      isIgnored(rule, tags) ?? exclusions.find((one) => one.conditions.every((each) => holds(each, tags)))?.expression;
    if (expression !== undefined)
      return { expression, citation: { ...place, pointer: `${place.pointer}/${tags.member}` } };
  }
  return undefined;
}

/** Whether an expression, or the tag that ignores rules as `infrafabric:ignore=<value>`, fits tags as AWS lists them: what `verify` asks. */
export function fitsTags(rule: string, expression: string, tags: JsonValue): boolean {
  const of = new Map(pairsOf(tags));
  if (isIgnored(rule, { of, member: '' }) === expression) return true;
  return readExclusion(expression)?.conditions.every((one) => holds(one, { of, member: '' })) ?? false;
}

function isIgnored(rule: string, tags: Tags): string | undefined {
  const value = tags.of.get(IGNORE_TAG);
  const named = value?.split(/[\s,|/+]+/).filter((word) => word !== '');
  if (named === undefined || !(named.length === 0 || named.includes('all') || named.includes(rule))) return undefined;
  return `${IGNORE_TAG}=${value}`;
}

function holds({ key, is, values }: Condition, { of }: Tags): boolean {
  const value = of.get(key);
  if (is === 'any') return value !== undefined;
  if (is === 'of') return value !== undefined && values.some((one) => fits(one, value));
  return value === undefined || (values.length > 0 && !values.some((one) => fits(one, value)));
}

function fits(pattern: string, value: string): boolean {
  const [first = '', ...others] = pattern.split('*');
  if (others.length === 0) return value === first;
  if (!value.startsWith(first)) return false;
  let at = first.length;
  for (const part of others.slice(0, -1)) {
    const found = value.indexOf(part, at);
    if (found === -1) return false;
    at = found + part.length;
  }
  const last = others.at(-1) ?? '';
  return value.length - last.length >= at && value.endsWith(last);
}

/** Members under which AWS lists tags. Source: botocore models of the answers the inventory reads, 2026-08-07. */
const MEMBERS = ['Tags', 'TagList', 'TagSet', 'tags', 'TagsList'];

function tagsOf(item: JsonObject): Tags | undefined {
  const member = MEMBERS.find((one) => Object.hasOwn(item, one) && typeof item[one] === 'object' && item[one] !== null);
  const value = member === undefined ? undefined : item[member];
  return member === undefined || value === undefined ? undefined : { of: new Map(pairsOf(value)), member };
}

function pairsOf(value: JsonValue): [string, string][] {
  if (isJsonObject(value))
    return Object.entries(value).map(([key, text]) => [key, typeof text === 'string' ? text : '']);
  if (!Array.isArray(value)) return [];
  return value.filter(isJsonObject).flatMap((tag): [string, string][] => {
    const [key, text] = [tag['Key'] ?? tag['key'], tag['Value'] ?? tag['value'] ?? ''];
    return typeof key === 'string' ? [[key, typeof text === 'string' ? text : '']] : [];
  });
}
