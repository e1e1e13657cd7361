import type { Derivation, Figure, JsonObject } from '@infrafabric/protocol';
import type { CitedBill } from './cited-bill.ts';

/** A figure to compute over a whole bill. */
export interface BillFigure {
  readonly name: string;
  readonly unit: string;
  readonly derivation: Derivation;
  readonly params: JsonObject;
}

/** Runs a derivation over a whole bill: the one place where a figure about a bill comes into being. */
export function billFigure({ cited, citations }: CitedBill, wanted: BillFigure): Figure {
  const { name, unit, derivation, params } = wanted;
  const value = derivation.compute(cited, params);
  return { name, value, unit, derivation: { id: derivation.id, params }, citations: [...citations] };
}
