import { policyLine } from '@infrafabric/finops';
import type { JsonObject, JsonValue } from '@infrafabric/protocol';
import { type AskPorts, type Asked, askAllPages } from '../live/asker.ts';
import type { AwsFailure } from '../live/aws-failure.ts';
import type { Collector } from '../live/collector.ts';
import { type FetchedPrices, type PriceFailure, togetherPrices } from './fetched-prices.ts';
import { type NormalisedPrices, entriesOf, normaliseProducts } from './normalise.ts';
import type { PricePoint } from './price-point.ts';
import { type PriceQuestion, priceQuestions } from './questions.ts';
import { describeSavingsPlansOfferingRates, describeSpotPriceHistory, getProducts } from './reads.ts';
import { savingsPlanRates } from './savings-plans.ts';
import { spotPrices } from './spot.ts';

/** Which prices to read; `today` dates them. */
export interface PriceRequest {
  /** Words of `PRICE_SERVICES`. */
  readonly services: readonly string[];
  readonly regions: readonly string[];
  /** YYYY-MM-DD, UTC. */
  readonly today: string;
}

/**
 * Reads prices with the Price List API, the spot history and the Savings Plans rates.
 *
 * One question after the other: the API shares one rate limit, and answers of an hour ago come from the cache.
 * @throws the reason of the signal when it aborts.
 */
export async function fetchPrices(request: PriceRequest, ports: AskPorts): Promise<FetchedPrices> {
  const parts: FetchedPrices[] = [];
  for (const question of priceQuestions(request.services, request.regions)) {
    parts.push(await fetchProducts(question, request, ports));
  }
  for (const region of request.services.includes('spot') ? request.regions : []) {
    parts.push(await fetchSpot(region, ports));
  }
  if (request.services.includes('savings-plans')) parts.push(await fetchSavingsPlans(request, ports));
  return togetherPrices(parts);
}

async function fetchProducts(
  question: PriceQuestion,
  { today }: PriceRequest,
  ports: AskPorts,
): Promise<FetchedPrices> {
  const { serviceCode, region, filters } = question;
  const input = {
    ServiceCode: serviceCode,
    FormatVersion: 'aws_v1',
    Filters: Object.entries(filters).map(([Field, Value]) => ({ Type: 'TERM_MATCH', Field, Value })),
  };
  const asked = await ask(getProducts, { region: 'us-east-1', input }, ports);
  const items = asked.pages.flatMap(({ answer }) => productsOf(answer['PriceList']));
  const prices = normaliseProducts(items, { source: `AWS Price List API, ${serviceCode}`, as_of: today });
  return { ...prices, ...outcome(asked, getProducts, { service: question.service, region }) };
}

async function fetchSpot(region: string, ports: AskPorts): Promise<FetchedPrices> {
  const input = { StartTime: hourOf(ports.clock.nowMs()), ProductDescriptions: ['Linux/UNIX'] };
  const asked = await ask(describeSpotPriceHistory, { region, input }, ports);
  const points = spotPrices(
    region,
    asked.pages.map(({ answer }) => answer),
  );
  return { ...listed(points), ...outcome(asked, describeSpotPriceHistory, { service: 'spot', region }) };
}

/** The same question for an hour, so that the cache knows it; the newest price of the answer counts. */
const hourOf = (nowMs: number): Date => new Date(Math.floor(nowMs / 3_600_000) * 3_600_000);

async function fetchSavingsPlans({ regions, today }: PriceRequest, ports: AskPorts): Promise<FetchedPrices> {
  const input = {
    products: ['EC2', 'SageMaker'],
    savingsPlanTypes: ['Compute', 'EC2Instance', 'SageMaker'],
    filters: [
      { name: 'region', values: [...regions] },
      { name: 'productDescription', values: ['Linux/UNIX'] },
      { name: 'tenancy', values: ['shared'] },
    ],
  };
  const asked = await ask(describeSavingsPlansOfferingRates, { region: 'us-east-1', input }, ports);
  const origin = { source: 'AWS DescribeSavingsPlansOfferingRates', as_of: today };
  const points = savingsPlanRates(
    asked.pages.map(({ answer }) => answer),
    origin,
  );
  const where = { service: 'savings-plans', region: regions.join(',') };
  return { ...listed(points), ...outcome(asked, describeSavingsPlansOfferingRates, where) };
}

/** Prices are the same for every account: the cache keeps them for all. */
const ask = (collector: Collector, where: { readonly region: string; readonly input: object }, ports: AskPorts) =>
  askAllPages(collector, { account: 'any', ...where }, ports);

function productsOf(list: JsonValue | undefined): readonly JsonValue[] {
  return (Array.isArray(list) ? list : []).map((item): JsonValue => (typeof item === 'string' ? parse(item) : item));
}

function parse(text: string): JsonObject {
  return JSON.parse(text);
}

const listed = (points: readonly PricePoint[]): NormalisedPrices => ({ ...entriesOf(points), unlisted: 0 });

function outcome(
  { failed, absent, calls, isCached }: Asked,
  collector: Collector,
  where: { readonly service: string; readonly region: string },
): Pick<FetchedPrices, 'failed' | 'calls' | 'cacheHits'> {
  const failure = failed?.failure ?? absent;
  const cacheHits = isCached ? 1 : 0;
  return { calls, cacheHits, failed: failure === undefined ? [] : [{ ...where, ...adviceOf(failure, collector) }] };
}

function adviceOf({ error_code, meaning }: AwsFailure, { iam }: Collector): Pick<PriceFailure, 'error_code' | 'fix'> {
  const advice = {
    denied: `add to the policy of the caller: ${policyLine(iam)}`,
    credentials: 'sign in again, or name a profile; the public files need no credentials: prices update --bulk',
  };
  return { error_code, fix: meaning === 'denied' || meaning === 'credentials' ? advice[meaning] : 'try again later' };
}
