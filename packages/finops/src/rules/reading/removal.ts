import type { Derivation } from '@infrafabric/protocol';
import type { FigureRequest, Subject, Verdict } from '../../model/rule.ts';
import { type Source, citationsOf, entrySource, itemSource, listCost, listSaving } from './figures.ts';
import { priceDates } from './prices.ts';
import { readPrices } from './verdicts.ts';

/** Waste that ends when the resource is deleted, released or stopped. */
export interface Removal {
  /** Price table keys, in the order the derivations read the prices; the item stands before them. */
  readonly priceKeys: readonly string[];
  /** What the evidence says by itself, such as `Attached to no instance`: the finding without dollars where a price is missing. */
  readonly known: string;
  readonly listCost: Derivation;
  readonly listSaving: Derivation;
  /** The sentence, given the dates of the prices; `{list_cost}`, `{list_saving}` and the names of `figures` may stand in it. */
  readonly statement: (dates: string) => string;
  readonly figures?: readonly FigureRequest[];
  /** What it rests on besides the item, the prices and the figures. */
  readonly sources?: readonly Source[];
  readonly confidence: string;
}

/** The finding of a resource nobody uses: cost and saving over the item and its prices. */
export function removal(subject: Subject, waste: Removal): Verdict {
  const prices = readPrices(subject, waste.priceKeys, waste.known);
  if (!prices.ok) return prices.verdict;
  const item = itemSource(subject);
  const from = [item, ...prices.value.map(entrySource)];
  return {
    verdict: 'FINDING',
    statement: waste.statement(priceDates(prices.value)),
    figures: waste.figures ?? [],
    listCost: listCost({ derivation: waste.listCost, from }).request,
    listSaving: listSaving({ derivation: waste.listSaving, from }).request,
    citations: citationsOf([item, ...(waste.sources ?? [])]),
    confidence: waste.confidence,
  };
}
