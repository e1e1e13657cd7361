import { isPriceStale, type Entry, openTable, priceAgeDays, usdOf } from '@infrafabric/finops';
import { evidenceId, isJsonObject } from '@infrafabric/protocol';
import { systemClock } from '../clock.ts';
import type { Config } from '../config/config.ts';
import { RuntimeError } from '../errors.ts';
import { currentPrices } from './current-prices.ts';

/** A price as `prices show` prints it. */
export interface ShownPrice {
  readonly key: string;
  /** USD per `unit`, a decimal string. */
  readonly usd: string;
  readonly unit: string;
  readonly as_of: string;
  readonly age_days: number;
  readonly stale: boolean;
  readonly source: string;
}

/**
 * The prices whose key starts with a prefix (`ec2/us-east-1/linux/m5`), as an analysis of today would use them, by key.
 *
 * @throws RuntimeError `PRICE_KEY_UNKNOWN` when none does.
 */
export function showPrices(config: Config, prefix: string): readonly ShownPrice[] {
  const today = new Date(systemClock.nowMs()).toISOString().slice(0, 10);
  const { table } = currentPrices(config.home, today);
  const entryAt = openTable(table, evidenceId('0'.repeat(64)));
  const keys = Object.keys(isJsonObject(table['entries']) ? table['entries'] : {}).filter((key) =>
    key.startsWith(prefix),
  );
  const shown = keys.flatMap((key) => {
    const entry = entryAt(key);
    return entry === undefined ? [] : [shownPrice(key, entry, today)];
  });
  if (shown.length > 0) return shown;
  throw new RuntimeError('PRICE_KEY_UNKNOWN', {
    message: `no price has a key that starts with "${prefix.slice(0, 80)}"`,
    fix: 'try a shorter prefix such as ebs/us-east-1/; a region without a sourced price has none: infrafabric prices update',
  });
}

function shownPrice(key: string, entry: Entry, today: string): ShownPrice {
  const text = (member: string): string => {
    const value = entry.value[member];
    return typeof value === 'string' ? value : '';
  };
  return {
    key,
    usd: usdOf(entry).toFixed(),
    unit: text('unit'),
    as_of: text('as_of'),
    age_days: priceAgeDays(entry, today),
    stale: isPriceStale(entry, today),
    source: text('source'),
  };
}
