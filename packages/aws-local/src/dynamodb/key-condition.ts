import type { AttributeValue } from './attribute-value.ts';
import type { Bindings } from './expression/bindings.ts';
import type { Condition, Operand } from './expression/syntax.ts';
import { validation } from './faults.ts';
import type { RangeBound } from './item-table.ts';
import { type KeyAttribute, type Table, storedKeyPart } from './table.ts';

/** Above every text that begins with the same prefix: the last code point, which no key part of ours ends with. */
const AFTER_ALL_TEXTS = '\u{10ffff}';

/** A key condition as a hash key and bounds on the range key. @throws AwsFault `ValidationException`. */
export function keyRange(
  condition: Condition,
  table: Table,
  bindings: Bindings,
): { hash: string; bounds: readonly RangeBound[] } {
  let hash: string | undefined;
  const bounds: RangeBound[] = [];
  for (const part of conjuncts(condition)) {
    const { name, operands } = keyPart(part, bindings);
    if (name === table.hash.name && part.kind === 'compare' && part.sign === '=') {
      if (hash !== undefined) throw validation('KeyConditionExpressions must only contain one condition per key');
      hash = stored(table.hash, operands[0]);
    } else if (table.range !== undefined && name === table.range.name) {
      if (bounds.length > 0) throw validation('KeyConditionExpressions must only contain one condition per key');
      bounds.push(...boundsOf(part, table.range, operands));
    } else {
      throw validation(`Query condition missed key schema element: ${table.hash.name}`);
    }
  }
  if (hash === undefined) throw validation(`Query condition missed key schema element: ${table.hash.name}`);
  return { hash, bounds };
}

function conjuncts(condition: Condition): readonly Condition[] {
  return condition.kind === 'and' ? [...conjuncts(condition.left), ...conjuncts(condition.right)] : [condition];
}

/** The attribute a part names, and the values it is compared with. */
function keyPart(part: Condition, bindings: Bindings): { name: string; operands: AttributeValue[] } {
  const [subject, ...others] = operandsOf(part);
  if (subject?.kind !== 'path' || subject.steps.length !== 1 || others.length === 0) throw unsupported(part);
  const operands = others.map((operand) => {
    if (operand.kind !== 'value') throw unsupported(part);
    return bindings.value(operand.name);
  });
  return { name: String(bindings.keys(subject)[0]), operands };
}

function operandsOf(part: Condition): readonly Operand[] {
  if (part.kind === 'compare') return [part.left, part.right];
  if (part.kind === 'between') return [part.operand, part.low, part.high];
  return part.kind === 'call' && part.name === 'begins_with' ? part.operands : [];
}

function boundsOf(part: Condition, range: KeyAttribute, operands: readonly AttributeValue[]): RangeBound[] {
  const [first, second] = operands;
  if (part.kind === 'between') {
    return [
      { sign: '>=', stored: stored(range, first) },
      { sign: '<=', stored: stored(range, second) },
    ];
  }
  if (part.kind === 'call') {
    if (range.type === 'N') throw validation('Invalid operand type for begins_with: N');
    const prefix = stored(range, first);
    return [
      { sign: '>=', stored: prefix },
      { sign: '<', stored: prefix + AFTER_ALL_TEXTS },
    ];
  }
  if (part.kind === 'compare' && part.sign !== '<>') return [{ sign: part.sign, stored: stored(range, first) }];
  throw unsupported(part);
}

function stored(attribute: KeyAttribute, value: AttributeValue | undefined): string {
  return storedKeyPart(attribute, value === undefined ? {} : { [attribute.name]: value });
}

function unsupported(part: Condition): Error {
  const operator = part.kind === 'compare' ? part.sign : part.kind === 'call' ? part.name : part.kind;
  return validation(`Invalid operator used in KeyConditionExpression: ${operator}`);
}
