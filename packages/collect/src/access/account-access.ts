import type { FailedRequest } from '@infrafabric/finops';
import type { Clock, JsonObject } from '@infrafabric/protocol';
import { type AnswerCache, NO_CACHE } from '../cache/answer-cache.ts';
import type { AskPorts } from '../live/asker.ts';
import type { AwsFailure } from '../live/aws-failure.ts';
import { clientsFor } from '../live/collect-live.ts';
import type { Collector } from '../live/collector.ts';
import { COLLECTORS } from '../live/collectors/catalogue.ts';
import { redactJson } from '../estate/redaction.ts';
import { type CollectorAnswers, answersOfPlace } from '../live/place-answers.ts';
import { Politeness } from '../live/politeness.ts';
import type { SdkSettings } from '../live/read-only-client.ts';
import { AwsSpend } from '../live/spend.ts';

/** One account to read for a person or a program, outside an analysis. */
export interface AccountAccess {
  /** 12 digits. */
  readonly account: string;
  readonly regions: readonly string[];
  /** Credentials, endpoint and request handler of the SDK clients. */
  readonly settings: SdkSettings;
  readonly clock: Clock;
  /** Days of history of cost reads, default 30. */
  readonly days?: number;
  /** Cap of all paid reads, USD as a decimal string; absent: no cap. */
  readonly maxUsd?: string;
  readonly signal?: AbortSignal;
  readonly cache?: AnswerCache;
}

/** What was read, what could not be read, and what reading cost in USD (a decimal string). What failed is never an empty list alone. */
export interface Read<T> {
  readonly value: T;
  readonly failed: readonly FailedRequest[];
  readonly usd: string;
}

/** A page of an answer and where it was asked: a region, or `global`. Secrets are replaced. */
export interface Page {
  readonly client: string;
  readonly operation: string;
  readonly account: string;
  readonly region: string;
  readonly answer: JsonObject;
}

/** Pages by operation, and what reading them left open. */
export interface Pages extends Omit<Read<unknown>, 'value'> {
  readonly of: (id: string) => readonly Page[];
}

/** Asks operations of the catalogue, by id, and the ones they need, in every region or once for the account. */
export async function readPages(access: AccountAccess, ids: readonly string[]): Promise<Pages> {
  const collectors = withNeeds(ids);
  const clients = clientsFor(collectors, access.settings);
  const spend = new AwsSpend(access.maxUsd);
  const ports = {
    clients,
    spend,
    politeness: new Politeness(access.clock),
    cache: access.cache ?? NO_CACHE,
    clock: access.clock,
    signal: access.signal ?? new AbortController().signal,
  };
  try {
    const places = await Promise.all(placesOf(access, collectors).map((place) => readPlace(place, access, ports)));
    const pages = Map.groupBy(
      places.flatMap((place) => place.pages),
      (page) => `${page.client}.${page.operation}`,
    );
    return { of: (id) => pages.get(id) ?? [], failed: places.flatMap((place) => place.failed), usd: spend.usd };
  } finally {
    clients.close();
  }
}

/** The collectors of these ids and all they need, in the order of the catalogue. */
function withNeeds(ids: readonly string[]): Collector[] {
  const wanted = new Set(ids);
  for (const one of COLLECTORS.toReversed()) if (wanted.has(one.id)) for (const id of one.after) wanted.add(id);
  return COLLECTORS.filter((one) => wanted.has(one.id));
}

/** Collectors that are asked in one region; `label` is where their pages stand. */
interface AskedPlace {
  readonly label: string;
  readonly region: string;
  readonly collectors: readonly Collector[];
}

function placesOf(access: AccountAccess, collectors: readonly Collector[]): AskedPlace[] {
  const regional = collectors.filter((one) => one.scope === 'region');
  const homes = Map.groupBy(collectors, (one) => (one.scope === 'region' ? undefined : one.scope.global));
  const global = [...homes].flatMap(([region, group]) =>
    region === undefined ? [] : [{ label: 'global', region, collectors: group }],
  );
  return [...access.regions.map((region) => ({ label: region, region, collectors: regional })), ...global];
}

async function readPlace(
  { label, region, collectors }: AskedPlace,
  { account, clock, days = 30 }: AccountAccess,
  ports: AskPorts,
): Promise<{ readonly pages: readonly Page[]; readonly failed: readonly FailedRequest[] }> {
  const today = new Date(clock.nowMs()).toISOString().slice(0, 10);
  const answers = await answersOfPlace(collectors, { account, region, today, days, cacheMinutes: 0 }, ports);
  const where = { account, region: label };
  return {
    pages: answers.flatMap((one) => pagesOf(one, where)),
    failed: answers.flatMap((one) => failedOf(one, where)),
  };
}

/** Whose and where. */
type Where = Pick<Page, 'account' | 'region'>;

function pagesOf({ collector: { client, operation, id }, pages }: CollectorAnswers, where: Where): Page[] {
  return pages.map((page) => ({ client, operation, ...where, answer: redactJson(page.answer, id).value }));
}

function failedOf(
  { collector: { client, operation, iam }, unanswered }: CollectorAnswers,
  where: Where,
): FailedRequest[] {
  return unanswered.flatMap(({ failure }) =>
    failure === undefined ? [] : [{ ...where, client, operation, ...errorOf(failure, iam) }],
  );
}

const errorOf = (
  { error_code, meaning }: AwsFailure,
  iam: readonly string[],
): Pick<FailedRequest, 'error_code' | 'denied'> =>
  meaning === 'denied' ? { error_code, denied: iam } : { error_code };
