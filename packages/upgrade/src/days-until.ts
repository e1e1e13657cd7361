import { citedValue } from '@infrafabric/finops';
import { type Derivation, defineDerivation } from '@infrafabric/protocol';
import { daysBetween } from './calendar-day.ts';
import { UpgradeError } from './errors.ts';

/**
 * Days from `as_of` to the chosen date of a life-cycle entry's `field`: 0 on the day itself, negative after it.
 *
 * Cites the life-cycle entry.
 */
export const DAYS_UNTIL: Derivation = defineDerivation({
  package: 'upgrade',
  name: 'days-until',
  version: 1,
  compute(cited, { field, as_of }) {
    const date = typeof field === 'string' ? citedValue(cited, 0, `/${field}/date`) : undefined;
    if (typeof date !== 'string' || typeof as_of !== 'string') {
      throw new UpgradeError('CITED_VALUE_MALFORMED', { message: 'expected a date field and the parameter as_of' });
    }
    return String(daysBetween(as_of, date));
  },
});
