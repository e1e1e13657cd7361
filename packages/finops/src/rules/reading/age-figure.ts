import { defineDerivation, jsonPointer } from '@infrafabric/protocol';
import { z } from 'zod';
import type { FigureRequest } from '../../model/rule.ts';
import { daysBefore } from './dates.ts';
import type { Source } from './figures.ts';

/** Whole days from the cited instant to the start of the day `as_of`. */
export const daysSince = defineDerivation({
  package: 'finops',
  name: 'days-since',
  version: 1,
  compute: (cited, params) => {
    const { as_of } = z.object({ as_of: z.iso.date() }).parse(params);
    return String(daysBefore(as_of, z.iso.datetime({ offset: true }).parse(cited[0])));
  },
});

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
