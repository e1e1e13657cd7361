import { type Derivation, defineDerivation } from '@infrafabric/protocol';
import { formatUsd, perMonth } from '../../money.ts';
import { unitPrice } from './prices.ts';
import { volumeMonthlyCost } from './volume.ts';

/** USD a month of one hourly price: cited = the resource, then the price. */
export const monthOfHours = (name: string): Derivation =>
  defineDerivation({
    package: 'finops',
    name,
    version: 1,
    compute: (cited) => formatUsd(perMonth(unitPrice(cited[1]))),
  });

/** USD a month of one price that is by the month: cited = the resource, then the price. */
export const monthOfOne = (name: string): Derivation =>
  defineDerivation({ package: 'finops', name, version: 1, compute: (cited) => formatUsd(unitPrice(cited[1])) });

/** USD a month between two hourly prices: cited = the resource, the price paid, the price to pay. */
export const monthOfDifference = (name: string): Derivation =>
  defineDerivation({
    package: 'finops',
    name,
    version: 1,
    compute: (cited) => formatUsd(perMonth(unitPrice(cited[1]).minus(unitPrice(cited[2])))),
  });

/** USD a month of a volume: cited = the volume, then its prices in the order of `volumePriceKeys`. */
export const monthOfVolume = (name: string): Derivation =>
  defineDerivation({ package: 'finops', name, version: 1, compute: (cited) => formatUsd(volumeMonthlyCost(cited)) });

/** By how many percent the second cited price is below the first, to one decimal. */
export const percentBelow = defineDerivation({
  package: 'finops',
  name: 'percent-below',
  version: 1,
  compute: (cited) => {
    const now = unitPrice(cited[0]);
    return now.minus(unitPrice(cited[1])).div(now).times(100).toFixed(1);
  },
});
