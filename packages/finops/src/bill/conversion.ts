import { type Cited, isJsonObject, type JsonObject, type JsonValue } from '@infrafabric/protocol';
import { FinopsError } from '../errors.ts';
import { isCsvTable } from '../money.ts';
import { type DecimalColumn, parseBillDecimal, type ScaledDecimal } from './decimal-column.ts';
import type { Dimension } from './dimension.ts';
import { addScaled, timesScaled } from './exact.ts';

/** How costs become USD. */
export interface Conversion {
  readonly convert: (column: DecimalColumn) => DecimalColumn;
  /** Amounts by currency, together in USD. */
  readonly total: (amounts: ReadonlyMap<string | null, ScaledDecimal>) => ScaledDecimal;
  /** The currencies converted, with their rates as evidence gives them, by code. */
  readonly used: () => readonly { readonly currency: string; readonly usd: string; readonly as_of: string }[];
}

/**
 * The conversion that cited exchange rates ask for; none without them.
 *
 * Every line is multiplied exactly by the rate of its currency; USD stays as it is. `currencies` is BillingCurrency by line.
 * @throws FinopsError `CITED_VALUE_MISSING` for rates of another shape, `RATE_MISSING` for a currency without one.
 */
export function conversionOf(cited: readonly Cited[], currencies: () => Dimension): Conversion | undefined {
  const documents = cited.filter((value): value is JsonValue => !isCsvTable(value));
  if (documents.length === 0) return undefined;
  const rates = ratesOf(documents);
  const used = (): ReturnType<Conversion['used']> =>
    currencies()
      .labels.filter((label): label is string => label !== null && label !== 'USD')
      .sort()
      .map((currency) => ({ currency, ...rateOf(rates, currency) }));
  return {
    used,
    convert: (column) => converted(column, currencies(), rates),
    total: (amounts) =>
      [...amounts]
        .map(([currency, amount]) => timesScaled(amount, factorOf(rates, currency)))
        .reduce(addScaled, { mantissa: 0n, scale: 0 }),
  };
}

function ratesOf(documents: readonly JsonValue[]): JsonObject {
  const [document] = documents;
  const rates = documents.length === 1 && isJsonObject(document) ? document['rates'] : undefined;
  if (isJsonObject(rates)) return rates;
  throw new FinopsError('CITED_VALUE_MISSING', {
    message: 'expected one document of exchange rates, got another shape',
  });
}

function rateOf(rates: JsonObject, currency: string | null): { usd: string; as_of: string } {
  const rate = currency !== null && Object.hasOwn(rates, currency) ? rates[currency] : undefined;
  const { usd, as_of } = isJsonObject(rate) ? rate : {};
  if (typeof usd === 'string' && typeof as_of === 'string') return { usd, as_of };
  throw new FinopsError('RATE_MISSING', {
    message: `expected an exchange rate of ${currency?.slice(0, 40) ?? 'lines without a currency'}, got none`,
  });
}

function converted(column: DecimalColumn, { codes, labels }: Dimension, rates: JsonObject): DecimalColumn {
  const factors = labels.map((label) => factorOf(rates, label));
  const places = Math.max(0, ...factors.map((factor) => factor.scale));
  const whole = factors.map(({ mantissa, scale }) => mantissa * 10n ** BigInt(places - scale));
  return {
    ...column,
    scale: column.scale + places,
    mantissas: column.mantissas.map((mantissa, line) => mantissa * (whole[codes[line] ?? 0] ?? 1n)),
  };
}

const factorOf = (rates: JsonObject, currency: string | null): ScaledDecimal =>
  currency === 'USD' ? ONE : (parseBillDecimal(rateOf(rates, currency).usd) ?? ONE);

const ONE: ScaledDecimal = { mantissa: 1n, scale: 0 };
