import { defineDerivation } from '@infrafabric/protocol';
import { z } from 'zod';
import { citedDecimal, formatDecimal } from '../money.ts';
import { monthOfDifference, monthOfHours } from '../rules/reading/derivations.ts';
import { linesOf, valuesOf } from '../rules/reading/metrics.ts';
import { percentile } from '../rules/reading/percentile.ts';

/** Monthly on-demand list cost of the instance. */
export const ec2OversizedListCost = monthOfHours('ec2-oversized-list-cost');

/** Monthly difference of the two on-demand list prices. */
export const ec2OversizedListSaving = monthOfDifference('ec2-oversized-list-saving');

const Projection = z.object({ field: z.enum(['vcpu', 'memory_gib']), per_mille: z.int() });

/**
 * Utilisation after the move: the percentile of the cited series times what the type has over what the next one has.
 *
 * Cited: the two types, then the metric lines; `field` is `vcpu` or `memory_gib`.
 */
export const ec2OversizedProjected = defineDerivation({
  package: 'finops',
  name: 'ec2-oversized-projected',
  version: 1,
  compute: (cited, params) => {
    const { field, per_mille } = Projection.parse(params);
    const used = percentile(valuesOf(linesOf(cited.slice(2))), per_mille);
    const ratio = citedDecimal(cited, 0, `/${field}`).div(citedDecimal(cited, 1, `/${field}`));
    return formatDecimal(ratio.times(used), 1);
  },
});
