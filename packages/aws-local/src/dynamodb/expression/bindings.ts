import { type AttributeValue, type Item, checkedValue } from '../attribute-value.ts';
import { validation } from '../faults.ts';
import type { Parsed, Path, PathStep } from './syntax.ts';

/** The expression attribute names and values of one request. */
export interface ExpressionAttributes {
  readonly ExpressionAttributeNames?: Readonly<Record<string, string>> | undefined;
  readonly ExpressionAttributeValues?: Readonly<Record<string, unknown>> | undefined;
}

/** Resolves the expression attribute names and values of the expressions of one request. */
export class Bindings {
  readonly #names: Readonly<Record<string, string>>;
  readonly #values = new Map<string, AttributeValue>();

  /** @throws AwsFault `ValidationException` for an expression attribute that is used and not given, or given and not used. */
  constructor(attributes: ExpressionAttributes, expressions: readonly (Parsed<unknown> | undefined)[]) {
    this.#names = attributes.ExpressionAttributeNames ?? {};
    const values = attributes.ExpressionAttributeValues ?? {};
    const [usedAliases, usedValues] = [new Set<string>(), new Set<string>()];
    for (const expression of expressions) {
      for (const alias of expression?.aliases ?? []) usedAliases.add(alias);
      for (const value of expression?.values ?? []) usedValues.add(value);
    }
    requireSame('attribute name', 'ExpressionAttributeNames', usedAliases, this.#names);
    requireSame('attribute value', 'ExpressionAttributeValues', usedValues, values);
    for (const name of usedValues) this.#values.set(name, checkedValue(values[name]));
  }

  /** The value of an expression attribute such as `:now`. */
  value(name: string): AttributeValue {
    const value = this.#values.get(name);
    if (value === undefined) throw validation(`An expression attribute value is not defined; attribute value: ${name}`);
    return value;
  }

  /** The attribute name or the list index of a step. */
  key(step: PathStep): string | number {
    if (step.kind === 'index') return step.index;
    return step.kind === 'name' ? step.name : (this.#names[step.alias] ?? '');
  }

  /** The names and indexes of a path. */
  keys(path: Path): (string | number)[] {
    return path.steps.map((step) => this.key(step));
  }

  /** What stands at a path of an item, if anything does. */
  at(item: Item, path: Path): AttributeValue | undefined {
    let value: AttributeValue | undefined = { M: item };
    for (const step of path.steps) {
      const key = this.key(step);
      if (typeof key === 'number') value = value.L?.[key];
      else value = value.M !== undefined && Object.hasOwn(value.M, key) ? value.M[key] : undefined;
      if (value === undefined) return undefined;
    }
    return value;
  }
}

function requireSame(
  what: string,
  parameter: string,
  used: ReadonlySet<string>,
  given: Readonly<Record<string, unknown>>,
): void {
  for (const one of used) {
    if (!Object.hasOwn(given, one)) {
      throw validation(`An expression ${what} used in expression is not defined; ${what}: ${one}`);
    }
  }
  const unused = Object.keys(given).find((one) => !used.has(one));
  if (unused !== undefined) throw validation(`Value provided in ${parameter} unused in expressions: keys: {${unused}}`);
}
