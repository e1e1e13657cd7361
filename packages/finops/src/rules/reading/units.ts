import { type Cited, type Derivation, defineDerivation } from '@infrafabric/protocol';
import { formatUsd, perMonth } from '../../money.ts';
import { unitPrice } from './prices.ts';

/** USD a month of so many units of one hourly price: cited = the resource, then the price; `count` reads the resource. */
export const monthOfUnits = (name: string, count: (item: Cited | undefined) => number): Derivation =>
  defineDerivation({
    package: 'finops',
    name,
    version: 1,
    compute: (cited) => formatUsd(perMonth(unitPrice(cited[1])).times(count(cited[0]))),
  });
