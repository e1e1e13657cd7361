import type { Citation, CsvTable, Derivation, Figure, JsonObject } from '@infrafabric/protocol';

/** A figure to compute over a whole bill. */
export interface BillFigure {
  readonly name: string;
  readonly unit: string;
  readonly derivation: Derivation;
  readonly params: JsonObject;
}

/** Runs a derivation over a whole bill: the one place where a figure about a bill comes into being. */
export function billFigure(table: CsvTable, wanted: BillFigure, citation: Citation): Figure {
  const { name, unit, derivation, params } = wanted;
  const value = derivation.compute([table], params);
  return { name, value, unit, derivation: { id: derivation.id, params }, citations: [citation] };
}
