import type { Expected } from '@infrafabric/protocol';

/** The parts of an UpdateItem call that say what is expected and what changes. */
export interface UpdateExpression {
  readonly ConditionExpression: string;
  readonly UpdateExpression: string;
  readonly ExpressionAttributeNames: Record<string, string>;
  readonly ExpressionAttributeValues: Record<string, unknown>;
}

/** A change whose members are no longer bound to one type of record. */
export interface AnyChange {
  readonly expect: object;
  readonly set?: object;
  readonly add?: object;
  readonly remove?: readonly PropertyKey[];
}

/**
 * A change in DynamoDB's expression language. Every name stands in ExpressionAttributeNames, so no reserved word can clash.
 *
 * The item must exist. `always` is set besides the change's own members; it must not be empty.
 */
export function updateExpression(change: AnyChange, always: Readonly<Record<string, unknown>>): UpdateExpression {
  const terms = new Terms();
  const conditions = Object.entries(change.expect)
    .filter(([, expected]) => expected !== undefined)
    .map(([name, expected]) => condition(terms, name, expected));
  const sets = Object.entries({ ...change.set, ...always })
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `${terms.name(name)} = ${terms.value(value)}`);
  const adds = Object.entries(change.add ?? {})
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `${terms.name(name)} ${terms.value(value)}`);
  const removes = (change.remove ?? []).map((name) => terms.name(String(name)));
  const clauses = [clause('SET', sets), clause('ADD', adds), clause('REMOVE', removes)];

  return {
    ConditionExpression: [`attribute_exists(${terms.name('pk')})`, ...conditions].join(' AND '),
    UpdateExpression: clauses.filter((text) => text !== '').join(' '),
    ExpressionAttributeNames: terms.names,
    ExpressionAttributeValues: terms.values,
  };
}

/** Hands out expression attributes: one `#n` a name, one `:v` a value. */
class Terms {
  readonly names: Record<string, string> = {};
  readonly values: Record<string, unknown> = {};
  readonly #byName = new Map<string, string>();

  name(name: string): string {
    const known = this.#byName.get(name);
    if (known !== undefined) return known;
    const alias = `#n${this.#byName.size}`;
    this.#byName.set(name, alias);
    this.names[alias] = name;
    return alias;
  }

  value(value: unknown): string {
    const token = `:v${Object.keys(this.values).length}`;
    this.values[token] = value;
    return token;
  }
}

function condition(terms: Terms, attribute: string, expected: Expected): string {
  const name = terms.name(attribute);
  if (typeof expected !== 'object') return `${name} = ${terms.value(expected)}`;
  if ('below' in expected) return `${name} < ${terms.value(expected.below)}`;
  if ('absent' in expected) return `attribute_not_exists(${name})`;
  // IN takes at least one value; an attribute can be none of no values.
  if (expected.in.length === 0) return `(attribute_exists(${name}) AND attribute_not_exists(${name}))`;
  return `${name} IN (${expected.in.map((value) => terms.value(value)).join(', ')})`;
}

const clause = (keyword: string, parts: readonly string[]): string =>
  parts.length === 0 ? '' : `${keyword} ${parts.join(', ')}`;
