import { bulkhead } from 'cockatiel';
import type { FailedRequest, InputFile, InputManifest } from '@infrafabric/finops';
import type { Clock } from '@infrafabric/protocol';
import { type AnswerCache, NO_CACHE } from '../cache/answer-cache.ts';
import type { AskPorts } from './asker.ts';
import { type LiveSink, type PlaceResult, collectPlace } from './collect-place.ts';
import type { Collector } from './collector.ts';
import type { MetricCoverage } from './metrics.ts';
import { OWN_READS } from './own-reads.ts';
import { Politeness } from './politeness.ts';
import { ReadOnlyClients, type SdkSettings } from './read-only-client.ts';
import { AwsSpend } from './spend.ts';

/** One account to collect: its id, its regions, and how its clients are set up (credentials, endpoint). */
export interface AccountToCollect {
  readonly account: string;
  readonly regions: readonly string[];
  readonly settings: SdkSettings;
}

/** What a collection is to read and with what. */
export interface LiveRequest {
  readonly collectors: readonly Collector[];
  readonly accounts: readonly AccountToCollect[];
  readonly days: number;
  /** Minutes any answer may come from the cache; collectors may allow more. Default 0. */
  readonly cacheMinutes?: number;
  /** Cap of all paid reads, USD as a decimal string; absent: no cap. */
  readonly maxUsd?: string;
  readonly clock: Clock;
  readonly sink: LiveSink;
  readonly signal: AbortSignal;
  readonly cache?: AnswerCache;
  readonly costCacheMinutes?: number;
  readonly politeness?: Politeness;
  /** Hears of each place when it is done. */
  readonly placeDone?: (place: { readonly account: string; readonly region: string }, result: PlaceResult) => void;
}

/** What a collection gave, besides the files it handed to the sink. */
export interface LiveCollection {
  readonly manifest: InputManifest;
  /** USD spent on paid reads, a decimal string. */
  readonly spent: string;
  readonly calls: number;
  readonly cacheHits: number;
  readonly coverage: readonly (MetricCoverage & { readonly account: string; readonly region: string })[];
}

/**
 * Collects every account in every region and its global operations; a place that fails is a list of failed requests.
 *
 * @throws the reason of the signal when it aborts; what the sink throws.
 */
export async function collectLive(request: LiveRequest): Promise<LiveCollection> {
  const shared = {
    politeness: request.politeness ?? new Politeness(request.clock),
    spend: new AwsSpend(request.maxUsd),
    cache: request.cache ?? NO_CACHE,
    ...(request.costCacheMinutes === undefined ? {} : { costCacheMinutes: request.costCacheMinutes }),
    clock: request.clock,
    signal: request.signal,
  };
  const gate = bulkhead(PLACES_AT_ONCE, Number.MAX_SAFE_INTEGER);
  const done = await Promise.all(
    request.accounts.map((account) => collectAccount(account, request, shared, (place) => gate.execute(place))),
  );
  const places = done.flat();
  return {
    manifest: manifestOf(places.map(({ result }) => result)),
    spent: shared.spend.usd,
    calls: places.reduce((sum, { result }) => sum + result.calls, 0),
    cacheHits: places.reduce((sum, { result }) => sum + result.cacheHits, 0),
    coverage: places.flatMap(({ account, region, result }) =>
      result.coverage === undefined ? [] : [{ account, region, ...result.coverage }],
    ),
  };
}

/** Own choice: with eight calls a place, 64 calls at once in all. */
const PLACES_AT_ONCE = 8;

interface Done {
  readonly account: string;
  readonly region: string;
  readonly result: PlaceResult;
}

/** SDK clients of an account that may send what the collectors and the collection itself read. */
export function clientsFor(collectors: readonly Collector[], settings: SdkSettings): ReadOnlyClients {
  return new ReadOnlyClients(
    [...collectors, ...OWN_READS].map((one) => one.id),
    settings,
  );
}

async function collectAccount(
  { account, regions, settings }: AccountToCollect,
  request: LiveRequest,
  shared: Omit<AskPorts, 'clients'>,
  gated: (place: () => Promise<Done>) => Promise<Done>,
): Promise<Done[]> {
  const clients = clientsFor(request.collectors, settings);
  const today = new Date(request.clock.nowMs()).toISOString().slice(0, 10);
  const asked = { account, today, days: request.days, cacheMinutes: request.cacheMinutes ?? 0 };
  try {
    return await Promise.all(
      ['global', ...regions].map((region) =>
        gated(async () => {
          const ports = { ...shared, clients, sink: request.sink };
          const result = await collectPlace({ ...asked, region }, request.collectors, ports);
          request.placeDone?.({ account, region }, result);
          return { account, region, result };
        }),
      ),
    );
  } finally {
    clients.close();
  }
}

function manifestOf(results: readonly PlaceResult[]): InputManifest {
  const files: InputFile[] = results.flatMap((result) => result.files);
  const failed: FailedRequest[] = results.flatMap((result) => result.failed);
  return { files: files.sort((a, b) => (a.name < b.name ? -1 : 1)), failed, unused: [] };
}
