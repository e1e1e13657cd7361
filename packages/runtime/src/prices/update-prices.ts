import { clientsFor } from '@infrafabric/collect/live';
import {
  fetchBulkPrices,
  type FetchedPrices,
  fetchPrices,
  PRICE_READS,
  PRICE_SERVICES,
  type PriceFailure,
  type PriceRequest,
} from '@infrafabric/collect/prices';
import { newestPrices } from '@infrafabric/finops';
import { systemClock } from '../clock.ts';
import type { Config } from '../config/config.ts';
import { RuntimeError } from '../errors.ts';
import { ownSettings, sharedPorts } from '../live/access.ts';
import { supersedeAnswers } from '../live/answers.ts';
import { readUpdatedPrices, writeUpdatedPrices } from './price-folder.ts';

/** What `prices update` asks for. */
export interface PriceUpdate {
  /** Words of `PRICE_SERVICES`; all when absent. */
  readonly services?: readonly string[] | undefined;
  readonly regions: readonly string[];
  /** Read the public files, without credentials, instead of the APIs. */
  readonly bulk: boolean;
  readonly signal: AbortSignal;
}

/** What an update wrote. */
export interface PriceUpdateResult {
  readonly path: string;
  readonly prices: number;
  readonly calls: number;
  /** Questions an earlier update of the last hour had asked already. */
  readonly cache_hits: number;
  /** Keys for which AWS states several prices; none was taken. */
  readonly conflicts: readonly string[];
  readonly failed: readonly PriceFailure[];
}

/**
 * Reads list prices, spot prices and Savings Plans rates and writes them as the table of the day.
 *
 * Prices of earlier updates that were not read again stay, with their own date. An update that was cut short goes on from the
 * answers of the last hour; one that is complete drops them, as its table takes their place.
 * @throws RuntimeError `PRICE_SERVICE_UNKNOWN`, `PRICES_UNREACHABLE` when nothing was read, `PRICE_TABLE_UNREADABLE`.
 */
export async function updatePrices(config: Config, asked: PriceUpdate): Promise<PriceUpdateResult> {
  const today = new Date(systemClock.nowMs()).toISOString().slice(0, 10);
  const request = { services: servicesOf(asked), regions: asked.regions, today };
  const fetched = asked.bulk ? await fromFiles(request, asked.signal) : await fromApis(config, request, asked.signal);
  const prices = Object.keys(fetched.entries).length;
  if (prices === 0) throw nothingRead(fetched.failed);
  const fresh = { as_of: today, entries: { ...fetched.entries } };
  const table = newestPrices(readUpdatedPrices(config.home) ?? { as_of: today, entries: {} }, fresh);
  const path = writeUpdatedPrices(config.home, table, today);
  const { calls, cacheHits, conflicts, failed } = fetched;
  if (failed.length === 0) await supersedeAnswers(config, 'prices', `${path} ${systemClock.nowMs()}`);
  return { path, prices, calls, cache_hits: cacheHits, conflicts, failed };
}

const fromFiles = (request: PriceRequest, signal: AbortSignal): Promise<FetchedPrices> =>
  fetchBulkPrices(request, { fetchFile: fetch, signal });

async function fromApis(config: Config, request: PriceRequest, signal: AbortSignal): Promise<FetchedPrices> {
  const ports = await sharedPorts(config);
  const clients = clientsFor(PRICE_READS, ownSettings(config));
  try {
    return await fetchPrices(request, { ...ports, clients, signal });
  } finally {
    clients.close();
    await ports.cache.close();
  }
}

function servicesOf({ services, bulk }: PriceUpdate): readonly string[] {
  const unknown = services?.find((service) => !PRICE_SERVICES.includes(service));
  if (unknown !== undefined) {
    throw new RuntimeError('PRICE_SERVICE_UNKNOWN', {
      message: `no prices are read for "${unknown.slice(0, 40)}"`,
      where: '--services',
      fix: `choose from ${PRICE_SERVICES.join(', ')}`,
    });
  }
  return services ?? PRICE_SERVICES.filter((service) => !bulk || !ONLY_BY_API.has(service));
}

/** EC2 files are too large to read at once; spot and Savings Plans have none. */
const ONLY_BY_API: ReadonlySet<string> = new Set(['ec2', 'ebs', 'spot', 'savings-plans']);

function nothingRead(failed: readonly PriceFailure[]): RuntimeError {
  const [first] = failed;
  return new RuntimeError('PRICES_UNREACHABLE', {
    message: 'expected prices, got none; the table in use stays as it is',
    where: first === undefined ? '--regions' : `${first.service} ${first.region}: ${first.error_code}`,
    fix: first?.fix ?? 'name a region that AWS has, such as us-east-1',
  });
}
