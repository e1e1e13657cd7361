import {
  type AttributeValue,
  type Item,
  compareValues,
  equalValues,
  setMembers,
  sizeOf,
  typeOf,
} from '../attribute-value.ts';
import type { Bindings } from './bindings.ts';
import type { Comparison, Condition, ConditionFunction, Operand } from './syntax.ts';

/** Whether a condition holds for an item; an absent item is an empty one. */
export function holds(condition: Condition, item: Item, bindings: Bindings): boolean {
  switch (condition.kind) {
    case 'and':
      return holds(condition.left, item, bindings) && holds(condition.right, item, bindings);
    case 'or':
      return holds(condition.left, item, bindings) || holds(condition.right, item, bindings);
    case 'not':
      return !holds(condition.condition, item, bindings);
    default:
      return tests(condition, (operand) => resolved(operand, item, bindings));
  }
}

function tests(
  condition: Exclude<Condition, { kind: 'and' | 'or' | 'not' }>,
  resolve: (operand: Operand) => AttributeValue | undefined,
): boolean {
  if (condition.kind === 'call') {
    const [first, second] = condition.operands.map(resolve);
    return calls(condition.name, first, second);
  }
  if (condition.kind === 'compare') {
    return compares(condition.sign, resolve(condition.left), resolve(condition.right));
  }
  const value = resolve(condition.operand);
  if (condition.kind === 'in') return condition.members.some((member) => compares('=', value, resolve(member)));
  return compares('>=', value, resolve(condition.low)) && compares('<=', value, resolve(condition.high));
}

function resolved(operand: Operand, item: Item, bindings: Bindings): AttributeValue | undefined {
  if (operand.kind === 'value') return bindings.value(operand.name);
  if (operand.kind === 'path') return bindings.at(item, operand);
  const value = bindings.at(item, operand.of);
  const size = value === undefined ? undefined : sizeOf(value);
  return size === undefined ? undefined : { N: String(size) };
}

function compares(sign: Comparison, left: AttributeValue | undefined, right: AttributeValue | undefined): boolean {
  if (left === undefined || right === undefined) return sign === '<>';
  if (sign === '=') return equalValues(left, right);
  if (sign === '<>') return !equalValues(left, right);
  const order = compareValues(left, right);
  if (order === undefined) return false;
  if (sign === '<') return order < 0;
  if (sign === '<=') return order <= 0;
  return sign === '>' ? order > 0 : order >= 0;
}

function calls(
  name: ConditionFunction,
  first: AttributeValue | undefined,
  second: AttributeValue | undefined,
): boolean {
  if (name === 'attribute_exists') return first !== undefined;
  if (name === 'attribute_not_exists') return first === undefined;
  if (first === undefined || second === undefined) return false;
  if (name === 'attribute_type') return typeOf(first) === second.S;
  return name === 'begins_with' ? beginsWith(first, second) : contains(first, second);
}

function beginsWith(value: AttributeValue, prefix: AttributeValue): boolean {
  if (value.S !== undefined && prefix.S !== undefined) return value.S.startsWith(prefix.S);
  if (value.B === undefined || prefix.B === undefined) return false;
  const bytes = Buffer.from(prefix.B, 'base64');
  return Buffer.from(value.B, 'base64').subarray(0, bytes.length).equals(bytes);
}

function contains(value: AttributeValue, member: AttributeValue): boolean {
  if (value.S !== undefined) return member.S !== undefined && value.S.includes(member.S);
  if (value.B !== undefined) {
    return member.B !== undefined && Buffer.from(value.B, 'base64').includes(Buffer.from(member.B, 'base64'));
  }
  if (value.L !== undefined) return value.L.some((one) => equalValues(one, member));
  const scalar = value.SS === undefined ? (value.NS === undefined ? member.B : member.N) : member.S;
  return scalar !== undefined && (setMembers(value)?.includes(scalar) ?? false);
}
