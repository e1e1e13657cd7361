import { CATEGORIES, type Category } from '@infrafabric/finops';
import { nearestWord } from '@infrafabric/protocol';
import { RuntimeError } from './errors.ts';

/** The category of services of a name, in any case. @throws RuntimeError `CATEGORY_UNKNOWN`. */
export function findCategory(name: string): Category {
  const category = CATEGORIES.find((one) => one.name.toLowerCase() === name.toLowerCase());
  if (category !== undefined) return category;
  const names = CATEGORIES.map((one) => one.name);
  const nearest = nearestWord(name, names);
  throw new RuntimeError('CATEGORY_UNKNOWN', {
    message: `no category of services is called "${name.slice(0, 80)}"`,
    fix: nearest === undefined ? `one of: ${names.join('; ')}` : `did you mean ${nearest}?`,
  });
}
