import type { Entry, Subject } from '../../model/rule.ts';
import { type DbInstance, dbPriceKey } from './db-instance.ts';
import { unitPrice } from './prices.ts';
import { type Reading, noPrice, read, stop } from './verdicts.ts';

/** A database class with its price for the subject's engine, deployment and region. */
export interface PricedClass {
  readonly dbClass: string;
  readonly price: Entry;
}

/** The price paid and the cheapest of some families at the same size; UNKNOWN(NO_PRICE) when either has no sourced price. */
export function readCheaperClass(
  subject: Subject,
  instance: DbInstance,
  families: readonly string[],
): Reading<{ readonly now: Entry; readonly best: PricedClass }> {
  const key = dbPriceKey(subject.resource.region, instance);
  const now = subject.price(key);
  if (now === undefined) return stop(noPrice(key));
  const best = cheapestClass(subject, instance, families);
  if (best !== undefined) return read({ now, best });
  return stop(noPrice(`any of ${families.join(', ')} beside ${key}`));
}

/** By table price; ties go to the first family. */
function cheapestClass(subject: Subject, instance: DbInstance, families: readonly string[]): PricedClass | undefined {
  const size = instance.DBInstanceClass.split('.').at(2) ?? '';
  let best: PricedClass | undefined;
  for (const family of families) {
    const dbClass = `db.${family}.${size}`;
    const price = subject.price(dbPriceKey(subject.resource.region, instance, dbClass));
    if (price === undefined) continue;
    if (best === undefined || unitPrice(price.value).lessThan(unitPrice(best.price.value))) best = { dbClass, price };
  }
  return best;
}
