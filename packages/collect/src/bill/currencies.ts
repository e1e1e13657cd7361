import { CollectError } from '../errors.ts';

/**
 * Refuses lines in several currencies unless every one but USD has a rate; `currencies` holds '' for lines without one.
 *
 * @throws CollectError `CURRENCY_MIXED`.
 */
export function checkCurrencies(
  currencies: Iterable<string>,
  rates: readonly string[] | undefined,
  where: string,
): void {
  if (rates === undefined) return;
  const all = [...new Set(currencies)].sort();
  const known = new Set(['USD', ...rates.map((rate) => rate.slice(0, 3))]);
  const without = all.filter((currency) => !known.has(currency));
  if (without.length === 0 || (all.length <= 1 && rates.length === 0)) return;
  const shown = all.map((one) => (one === '' ? 'lines without a currency' : JSON.stringify(one.slice(0, 40))));
  const asked = without.find((currency) => /^[A-Z]{3}$/.test(currency));
  throw new CollectError('CURRENCY_MIXED', {
    message: `expected one BillingCurrency${rates.length === 0 ? '' : ' or a rate for each'}, got ${shown.join(' and ')}`,
    where,
    fix:
      asked === undefined
        ? 'export the bill again; a line without a currency has no value'
        : `give a dated rate for each currency but USD: --rate ${asked}=1.08@2026-11-01`,
  });
}
