import { AwsFault } from '../engine/fault.ts';
import type { Item } from './attribute-value.ts';
import type { Bindings } from './expression/bindings.ts';
import { holds } from './expression/evaluate.ts';
import type { Condition, Parsed } from './expression/syntax.ts';

/**
 * Refuses a write whose condition does not hold for the item as it is.
 *
 * @throws AwsFault `ConditionalCheckFailedException`, with the item when ReturnValuesOnConditionCheckFailure asks for it.
 */
export function requireCondition(
  condition: Parsed<Condition> | undefined,
  present: Item | undefined,
  bindings: Bindings,
  returnValues: string | undefined,
): void {
  if (condition === undefined || holds(condition.tree, present ?? {}, bindings)) return;
  const members = returnValues === 'ALL_OLD' && present !== undefined ? { Item: present } : {};
  throw new AwsFault('ConditionalCheckFailedException', 'The conditional request failed', 400, members);
}
