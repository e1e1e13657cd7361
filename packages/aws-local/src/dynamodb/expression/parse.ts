import { parseCondition } from './parse-condition.ts';
import { parseUpdate } from './parse-update.ts';
import { Reader } from './reader.ts';
import type { Condition, Parsed, Path, Update } from './syntax.ts';

/** Parsed expressions are kept up to this many, then forgotten together. */
const CACHE_SIZE = 1000;

/** A ConditionExpression, FilterExpression or KeyConditionExpression. @throws AwsFault `ValidationException`. */
export const conditionOf: (label: string, expression: string) => Parsed<Condition> = cached(parseCondition);

/** An UpdateExpression. @throws AwsFault `ValidationException`. */
export const updateOf: (label: string, expression: string) => Parsed<Update> = cached(parseUpdate);

/** A ProjectionExpression. @throws AwsFault `ValidationException`. */
export const projectionOf: (label: string, expression: string) => Parsed<readonly Path[]> = cached((reader) =>
  reader.list(() => reader.path()),
);

function cached<Tree>(parse: (reader: Reader) => Tree): (label: string, expression: string) => Parsed<Tree> {
  const cache = new Map<string, Parsed<Tree>>();
  return (label, expression) => {
    const known = cache.get(expression);
    if (known !== undefined) return known;
    const reader = new Reader(label, expression);
    const tree = parse(reader);
    reader.end();
    const parsed = { tree, aliases: reader.aliases, values: reader.values };
    if (cache.size >= CACHE_SIZE) cache.clear();
    cache.set(expression, parsed);
    return parsed;
  };
}
