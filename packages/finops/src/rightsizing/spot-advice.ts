import type { Derivation } from '@infrafabric/protocol';
import type { Subject } from '../model/rule.ts';
import { entrySource, figure, itemSource } from '../rules/reading/figures.ts';
import type { Instance } from '../rules/reading/instance.ts';
import { priceDates } from '../rules/reading/prices.ts';
import type { PricedCandidate } from './candidates.ts';
import type { ListedOptions } from './option-figures.ts';

/**
 * What the chosen type would save on Spot in the instance's zone, by the newest price of the spot price history; nothing is said
 * where the table has none, for the discount of Spot is no fixed share.
 */
export function spotAdvice(
  subject: Subject,
  instance: Instance,
  { chosen, saving }: { chosen: PricedCandidate; saving: Derivation },
): ListedOptions {
  const zone = instance.Placement?.AvailabilityZone;
  if (zone === undefined) return NOTHING;
  const price = subject.price(`ec2-spot/${subject.resource.region}/linux/${chosen.type.name}/${zone}`);
  if (price === undefined) return NOTHING;
  const from = [itemSource(subject), entrySource(chosen.price), entrySource(price)];
  const more = figure({ name: 'spot_saving', unit: 'USD/month', derivation: saving, from });
  if (!more.value.greaterThan(0)) return NOTHING;
  return {
    sentence:
      ` On Spot in ${zone} it would cost another {spot_saving} less (price of ${priceDates([price])}), only for work that survives ` +
      'an interruption with two minutes notice: keep its state outside, allow several types and zones.',
    figures: [more.request],
  };
}

const NOTHING: ListedOptions = { sentence: '', figures: [] };
