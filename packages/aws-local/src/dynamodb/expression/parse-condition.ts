import type { Reader } from './reader.ts';
import type { Comparison, Condition, ConditionFunction, Operand } from './syntax.ts';

const COMPARISONS: readonly Comparison[] = ['=', '<>', '<=', '<', '>=', '>'];

/** How many operands each function takes. */
const ARITIES: Readonly<Record<ConditionFunction, number>> = {
  attribute_exists: 1,
  attribute_not_exists: 1,
  attribute_type: 2,
  begins_with: 2,
  contains: 2,
};
const FUNCTIONS: readonly ConditionFunction[] = [
  'attribute_exists',
  'attribute_not_exists',
  'attribute_type',
  'begins_with',
  'contains',
];

/** Reads a condition: OR binds weaker than AND, AND weaker than NOT. */
export function parseCondition(reader: Reader): Condition {
  let left = conjunction(reader);
  while (reader.accept('OR')) left = { kind: 'or', left, right: conjunction(reader) };
  return left;
}

function conjunction(reader: Reader): Condition {
  let left = negation(reader);
  while (reader.accept('AND')) left = { kind: 'and', left, right: negation(reader) };
  return left;
}

function negation(reader: Reader): Condition {
  return reader.accept('NOT') ? { kind: 'not', condition: negation(reader) } : primary(reader);
}

function primary(reader: Reader): Condition {
  if (reader.accept('(')) {
    const inner = parseCondition(reader);
    reader.expect(')');
    return inner;
  }
  const name = reader.acceptCall(FUNCTIONS);
  return name === undefined ? comparison(reader) : call(reader, name);
}

function call(reader: Reader, name: ConditionFunction): Condition {
  const operands = reader.list(() => operand(reader));
  reader.expect(')');
  if (operands.length !== ARITIES[name]) throw reader.error();
  if (operands[0]?.kind !== 'path' && name !== 'begins_with' && name !== 'contains') throw reader.error();
  return { kind: 'call', name, operands };
}

function comparison(reader: Reader): Condition {
  const left = operand(reader);
  if (reader.accept('BETWEEN')) {
    const low = operand(reader);
    reader.expect('AND');
    return { kind: 'between', operand: left, low, high: operand(reader) };
  }
  if (reader.accept('IN')) {
    reader.expect('(');
    const members = reader.list(() => operand(reader));
    reader.expect(')');
    return { kind: 'in', operand: left, members };
  }
  const sign = COMPARISONS.find((one) => reader.accept(one));
  if (sign === undefined) throw reader.error();
  return { kind: 'compare', sign, left, right: operand(reader) };
}

function operand(reader: Reader): Operand {
  if (reader.acceptCall(['size']) === undefined) return reader.plainOperand();
  const of = reader.path();
  reader.expect(')');
  return { kind: 'size', of };
}
