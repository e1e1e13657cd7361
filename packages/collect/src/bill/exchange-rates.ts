import { type ExchangeRate, type InputFile, parseBillInstant } from '@infrafabric/finops';
import { canonicalBytes, sha256Hex } from '@infrafabric/protocol';
import type { EvidenceSink } from '../estate/read-estate.ts';
import { CollectError } from '../errors.ts';

/**
 * Stores exchange rates that a person gives, such as `EUR=1.08@2026-11-01` (one EUR is 1.08 USD on that day), as evidence.
 *
 * @throws CollectError `RATE_SHAPE` for anything else, for USD, and for a currency given twice.
 */
export async function storeRates(texts: readonly string[], sink: EvidenceSink): Promise<InputFile[]> {
  if (texts.length === 0) return [];
  const rates: Record<string, ExchangeRate> = {};
  for (const text of texts) {
    const [currency, rate] = readRate(text);
    if (Object.hasOwn(rates, currency)) throw badRate(text, 'a currency given twice');
    rates[currency] = rate;
  }
  const bytes = canonicalBytes({ rates });
  const { id } = await sink.put(bytes);
  return [
    { kind: 'rates', name: 'rates.json', sha256: sha256Hex(bytes), bytes: bytes.length, evidence: id, redactions: 0 },
  ];
}

function readRate(text: string): [string, ExchangeRate] {
  const match = /^([A-Z]{3})=((?:0|[1-9]\d{0,11})(?:\.\d{1,12})?)@(\d{4}-\d{2}-\d{2})$/.exec(text);
  const [, currency = '', usd = '', as_of = ''] = match ?? [];
  if (match === null || currency === 'USD' || Number(usd) === 0) throw badRate(text, 'something else');
  if (parseBillInstant(as_of) === undefined) throw badRate(text, 'a day that does not exist');
  return [currency, { usd, as_of }];
}

function badRate(text: string, got: string): CollectError {
  return new CollectError('RATE_SHAPE', {
    message: `expected a dated rate such as EUR=1.08@2026-11-01 (USD for one EUR), got ${got}: ${JSON.stringify(text.slice(0, 40))}`,
    where: '--rate',
    fix: 'give each currency of the bill but USD once, with the day of its rate',
  });
}
