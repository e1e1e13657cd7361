import type { FigureRequest, Subject } from '../model/rule.ts';
import type { Derivation } from '@infrafabric/protocol';
import { type Source, entrySource, figure, itemSource } from '../rules/reading/figures.ts';
import type { Entry } from '../model/rule.ts';
import type { PricedCandidate } from './candidates.ts';

/** Options a finding lists, the chosen one among them. */
const LISTED = 5;

/** The options a finding considered, as a sentence and the figures in it: each saving cites both prices. */
export interface ListedOptions {
  readonly sentence: string;
  readonly figures: readonly FigureRequest[];
}

/**
 * Lists the chosen option and those next to it: what another architecture would save, the nearest that carries the load, and the
 * cheaper ones that were refused, dearest first, with the reason.
 */
export function listOptions(
  subject: Subject,
  cheaper: readonly PricedCandidate[],
  { chosen, price, saving }: { chosen: PricedCandidate; price: Entry; saving: Derivation },
): ListedOptions {
  const others = othersOf(cheaper, chosen);
  if (others.length === 0) return { sentence: '', figures: [] };
  const figures = others.map((one, at) =>
    figure({
      name: `option_${at + 1}_saving`,
      unit: 'USD/month',
      derivation: saving,
      from: [itemSource(subject), entrySource(price), entrySource(one.price)],
    }),
  );
  const texts = others.map((one, at) => `${one.type.name} {option_${at + 1}_saving} (${noteOf(one)})`);
  return {
    sentence: ` Also considered, with what each would save: ${texts.join('; ')}.`,
    figures: figures.map((one) => one.request),
  };
}

function othersOf(cheaper: readonly PricedCandidate[], chosen: PricedCandidate): readonly PricedCandidate[] {
  const fitting = cheaper.filter((one) => one.refused === undefined && one !== chosen);
  const otherArchitecture = fitting.find((one) => !one.isSameArchitecture);
  const next = fitting.filter((one) => one.isSameArchitecture).slice(0, 1);
  const refused = cheaper.filter((one) => one.refused !== undefined && one.usd.lessThan(chosen.usd)).toReversed();
  return [...(otherArchitecture === undefined ? [] : [otherArchitecture]), ...next, ...refused].slice(0, LISTED - 1);
}

function noteOf(one: PricedCandidate): string {
  if (one.refused !== undefined) return `refused: ${one.refused}`;
  const arch = one.type.isArm ? 'arm64' : 'x86';
  if (!one.isSameArchitecture) return `not chosen: needs software built for ${arch}, effort ${one.effort}`;
  return `not chosen: saves no more, effort ${one.effort}`;
}

/** Where the figures of a projection stand: the type now, the candidate, the metric lines. */
export const projectionSources = (now: Entry, next: Entry, lines: readonly Source[]): readonly Source[] => [
  entrySource(now),
  entrySource(next),
  ...lines,
];
