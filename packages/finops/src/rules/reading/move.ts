import type { Derivation } from '@infrafabric/protocol';
import type { Entry, FigureRequest, Subject, Verdict } from '../../model/rule.ts';
import { percentBelow } from './derivations.ts';
import { type Source, citationsOf, entrySource, figure, itemSource, listCost, listSaving } from './figures.ts';
import { priceDates } from './prices.ts';
import { OK } from './verdicts.ts';

/** The same thing at another price: a type, class, processor or engine that does the same work. */
export interface Move {
  /** The unit price paid. */
  readonly now: Entry;
  /** The unit price to pay. */
  readonly next: Entry;
  /** Reads the item and `now`. */
  readonly listCost: Derivation;
  /** Reads the item, `now` and `next`. */
  readonly listSaving: Derivation;
  /** The sentence, given the dates of both prices; `{saving_percent}` and `{list_saving}` may stand in it. */
  readonly statement: (dates: string) => string;
  /** What it rests on besides the item and the prices, such as entries of the instance type table. */
  readonly sources?: readonly Source[];
  /** Figures the sentence names besides the two above. */
  readonly figures?: readonly FigureRequest[];
  readonly confidence: string;
  /** What the resource is to become, for command lines. */
  readonly target?: Readonly<Record<string, string>>;
}

/** The finding of a move that costs less; OK when it does not. */
export function move(subject: Subject, to: Move): Verdict {
  const [item, old, next] = [itemSource(subject), entrySource(to.now), entrySource(to.next)];
  const saving = listSaving({ derivation: to.listSaving, from: [item, old, next] });
  if (!saving.value.greaterThan(0)) return OK;
  const percent = figure({ name: 'saving_percent', unit: '%', derivation: percentBelow, from: [old, next] });
  return {
    verdict: 'FINDING',
    statement: to.statement(priceDates([to.now, to.next])),
    figures: [percent.request, ...(to.figures ?? [])],
    listCost: listCost({ derivation: to.listCost, from: [item, old] }).request,
    listSaving: saving.request,
    citations: citationsOf([item, ...(to.sources ?? [])]),
    confidence: to.confidence,
    ...(to.target === undefined ? {} : { target: to.target }),
  };
}
