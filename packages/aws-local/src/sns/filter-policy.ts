import { notImplemented } from '../engine/fault.ts';
import type { MessageAttribute, MessageAttributes } from '../sqs/message-attributes.ts';
import { invalidParameter } from './faults.ts';

/** A parsed filter policy: each named attribute must satisfy one of its conditions. */
export type FilterPolicy = ReadonlyMap<string, readonly Condition[]>;

/** One condition on the values an attribute has; an absent attribute has none. */
type Condition = (values: readonly Value[]) => boolean;

type Value = string | number | boolean | null;

/** A policy may name this many attributes. Source: SNS developer guide, filter policy constraints (2026-11). */
const MAX_ATTRIBUTES = 5;

/** Operators of numeric conditions. */
const COMPARISONS: Readonly<Record<string, (value: number, bound: number) => boolean>> = {
  '=': (value, bound) => value === bound,
  '<': (value, bound) => value < bound,
  '<=': (value, bound) => value <= bound,
  '>': (value, bound) => value > bound,
  '>=': (value, bound) => value >= bound,
};

/** @throws AwsFault `InvalidParameter` for a policy AWS refuses, `NotImplemented` for one it would take and we do not. */
export function parseFilterPolicy(json: string): FilterPolicy {
  const policy = parseJson(json);
  if (!isObject(policy)) throw refuse('expected a JSON object');
  const names = Object.keys(policy);
  if (names.length === 0) throw refuse('expected at least one attribute');
  if (names.length > MAX_ATTRIBUTES) throw refuse(`expected at most ${MAX_ATTRIBUTES} attributes`);
  return new Map(names.map((name) => [name, conditionsOf(name, policy[name])]));
}

/** Whether a message with these attributes passes. */
export function passesFilter(policy: FilterPolicy, attributes: MessageAttributes): boolean {
  for (const [name, conditions] of policy) {
    const values = valuesOf(attributes[name]);
    if (!conditions.some((condition) => condition(values))) return false;
  }
  return true;
}

function conditionsOf(name: string, conditions: unknown): Condition[] {
  if (name === '$or') throw notImplemented('$or in a FilterPolicy');
  if (!Array.isArray(conditions)) throw refuse(`"${name}" must be an array`);
  if (conditions.length === 0) throw refuse(`empty arrays are not allowed: "${name}"`);
  return conditions.map((condition) => conditionOf(name, condition));
}

function conditionOf(name: string, condition: unknown): Condition {
  if (isScalar(condition)) return (values) => values.includes(condition);
  if (!isObject(condition)) throw refuse(`"${name}" must hold strings, numbers, booleans, null or operators`);
  const [entry, ...others] = Object.entries(condition);
  if (entry === undefined || others.length > 0) throw refuse(`"${name}" must hold operators of one key each`);
  return operator(name, entry[0], entry[1]);
}

function operator(name: string, key: string, operand: unknown): Condition {
  switch (key) {
    case 'prefix':
      return prefix(name, operand);
    case 'anything-but':
      return anythingBut(name, operand);
    case 'exists':
      if (typeof operand !== 'boolean') throw refuse(`"exists" of "${name}" must be true or false`);
      return (values) => values.length > 0 === operand;
    case 'numeric':
      return numeric(name, operand);
    case 'suffix':
    case 'equals-ignore-case':
    case 'wildcard':
    case 'cidr':
      throw notImplemented(`"${key}" in a FilterPolicy`);
    default:
      throw refuse(`unrecognized match type ${key}`);
  }
}

function prefix(name: string, operand: unknown): Condition {
  if (typeof operand !== 'string' || operand === '') throw refuse(`"prefix" of "${name}" must be a string`);
  return (values) => values.some((value) => typeof value === 'string' && value.startsWith(operand));
}

/** True when the attribute is there and no value of it is among those named. */
function anythingBut(name: string, operand: unknown): Condition {
  if (isObject(operand)) {
    const [key, inner] = Object.entries(operand)[0] ?? ['', undefined];
    if (key !== 'prefix') throw notImplemented(`"anything-but" with "${key}" in a FilterPolicy`);
    const starts = prefix(name, inner);
    return (values) => values.length > 0 && !starts(values);
  }
  const excluded: readonly unknown[] = Array.isArray(operand) ? operand : [operand];
  if (excluded.length === 0 || !excluded.every((value) => typeof value === 'string' || typeof value === 'number')) {
    throw refuse(`"anything-but" of "${name}" must name strings or numbers`);
  }
  return (values) => values.length > 0 && !values.some((value) => excluded.some((one) => one === value));
}

function numeric(name: string, operand: unknown): Condition {
  const bad = refuse(`"numeric" of "${name}" must be one or two operators, each with a number`);
  if (!Array.isArray(operand) || (operand.length !== 2 && operand.length !== 4)) throw bad;
  const tests: ((value: number) => boolean)[] = [];
  for (let index = 0; index < operand.length; index += 2) {
    const [sign, bound] = operand.slice(index, index + 2) as unknown[];
    const compare = typeof sign === 'string' ? COMPARISONS[sign] : undefined;
    if (compare === undefined || typeof bound !== 'number') throw bad;
    tests.push((value) => compare(value, bound));
  }
  return (values) => values.some((value) => typeof value === 'number' && tests.every((test) => test(value)));
}

function valuesOf(attribute: MessageAttribute | undefined): readonly Value[] {
  if (attribute?.StringValue === undefined) return [];
  const type = attribute.DataType;
  if (type.startsWith('String.Array')) return arrayValues(attribute.StringValue);
  if (type.startsWith('Number')) return [Number(attribute.StringValue)];
  return [attribute.StringValue];
}

function arrayValues(json: string): readonly Value[] {
  try {
    const values: unknown = JSON.parse(json);
    return Array.isArray(values) ? values.filter(isScalar) : [];
  } catch {
    return [];
  }
}

function parseJson(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    throw refuse('failed to parse JSON.');
  }
}

function isScalar(value: unknown): value is Value {
  return value === null || ['string', 'number', 'boolean'].includes(typeof value);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function refuse(reason: string): ReturnType<typeof invalidParameter> {
  return invalidParameter(`FilterPolicy: ${reason}`);
}
