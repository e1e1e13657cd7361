import type { Derivation } from '@infrafabric/protocol';
import type { Entry, Subject, Verdict } from '../../model/rule.ts';
import { DbInstance, dbPriceKey, isOpenSource, isServing } from './db-instance.ts';
import { move } from './move.ts';
import { cheapest } from './prices.ts';
import { OK, type Reading, noPrice, read, readItem, stop } from './verdicts.ts';

/** A move of a database instance to the cheapest class of the same size in another family. */
export interface ClassMove {
  /** Families to move to, by the family left, such as `m5`. */
  readonly families: Readonly<Record<string, readonly string[]>>;
  readonly listCost: Derivation;
  readonly listSaving: Derivation;
  /** The sentence, given the instance, the cheapest class and the dates of both prices. */
  readonly statement: (instance: DbInstance, dbClass: string, dates: string) => string;
  readonly confidence: string;
}

/** Judges the class of a serving database with an open-source engine; OK for every other and where nothing costs less. */
export function judgeClass(subject: Subject, { families, statement, ...spec }: ClassMove): Verdict {
  const item = readItem(DbInstance, subject.item);
  if (!item.ok) return item.verdict;
  const instance = item.value;
  const family = instance.DBInstanceClass.split('.').at(1) ?? '';
  const others = Object.hasOwn(families, family) ? families[family] : undefined;
  if (others === undefined || !isServing(instance) || !isOpenSource(instance)) return OK;
  const pair = readCheaperClass(subject, instance, others);
  if (!pair.ok) return pair.verdict;
  const { now, best } = pair.value;
  return move(subject, {
    ...spec,
    now,
    next: best.price,
    statement: (dates) => statement(instance, best.dbClass, dates),
    target: { db_instance_class: best.dbClass },
  });
}

/** A database class with its price for the subject's engine, deployment and region. */
interface PricedClass {
  readonly dbClass: string;
  readonly price: Entry;
}

/** The price paid and the cheapest of some families at the same size; UNKNOWN(NO_PRICE) when either has no sourced price. */
function readCheaperClass(
  subject: Subject,
  instance: DbInstance,
  families: readonly string[],
): Reading<{ readonly now: Entry; readonly best: PricedClass }> {
  const key = dbPriceKey(subject.resource.region, instance);
  const now = subject.price(key);
  if (now === undefined) return stop(noPrice(key));
  const best = cheapest(classesOf(subject, instance, families));
  if (best !== undefined) return read({ now, best });
  return stop(noPrice(`any of ${families.join(', ')} beside ${key}`));
}

function classesOf(subject: Subject, instance: DbInstance, families: readonly string[]): PricedClass[] {
  const size = instance.DBInstanceClass.split('.').at(2) ?? '';
  return families.flatMap((family) => {
    const dbClass = `db.${family}.${size}`;
    const price = subject.price(dbPriceKey(subject.resource.region, instance, dbClass));
    return price === undefined ? [] : [{ dbClass, price }];
  });
}
