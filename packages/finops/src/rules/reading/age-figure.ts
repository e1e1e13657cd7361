import { type Cited, type Derivation, defineDerivation, jsonPointer } from '@infrafabric/protocol';
import { z } from 'zod';
import type { FigureRequest } from '../../model/rule.ts';
import { daysBefore } from './dates.ts';
import type { Source } from './figures.ts';

/** Whole days from the cited instant to the start of the day `as_of`. */
export const daysSince = daysFrom('days-since', (cited) => z.iso.datetime({ offset: true }).parse(cited));

/** Whole days from an instant read from the cited value to the start of the day `as_of`; throws when it is not a date. */
export function daysFrom(name: string, instantOf: (cited: Cited | undefined) => string): Derivation {
  return defineDerivation({
    package: 'finops',
    name,
    version: 1,
    compute: (cited, params) => {
      const { as_of } = z.object({ as_of: z.iso.date() }).parse(params);
      return String(z.int().parse(daysBefore(as_of, instantOf(cited[0]))));
    },
  });
}

/** How long ago a time in an item is, in days, cited at the field itself. */
export function ageFigure(source: Source, field: string, label: { name: string; asOf: string }): FigureRequest {
  const pointer = source.citation.pointer + jsonPointer([field]);
  return {
    name: label.name,
    unit: 'days',
    derivation: daysSince,
    params: { as_of: label.asOf },
    citations: [{ ...source.citation, pointer }],
  };
}

/** How many days a derivation of {@link daysFrom} finds in a whole item. */
export const itemAgeFigure = (
  source: Source,
  derivation: Derivation,
  label: { name: string; asOf: string },
): FigureRequest => ({
  name: label.name,
  unit: 'days',
  derivation,
  params: { as_of: label.asOf },
  citations: [source.citation],
});
