import { type JsonObject, type JsonValue, isJsonObject } from '@infrafabric/protocol';
import type { PriceRequest } from './fetch-prices.ts';
import { type FetchedPrices, type PriceFailure, togetherPrices } from './fetched-prices.ts';
import { normaliseProducts } from './normalise.ts';
import { productsOfOffer } from './product.ts';
import { type PriceQuestion, priceQuestions } from './questions.ts';
import { textsOf } from './texts-of.ts';

/** Where the public price list files stand. Source: AWS Billing User Guide, "Using the AWS Price List Bulk API", read 2026-11-20. */
const HOST = 'https://pricing.us-east-1.amazonaws.com';

/** The largest file read at once: EC2 has 480 MB a region (measured 2026-09-06, public), which only the API gives in parts. */
const MAX_FILE_BYTES = 160 * 1024 * 1024;

/** The part of `fetch` that is used, so that tests and proxies can take its place. */
export type FetchFile = (url: string, init: { readonly signal: AbortSignal }) => Promise<Response>;

/**
 * Reads prices out of the public price list files, which need no credentials: the region index of each offer, then its file.
 *
 * A file that is too large, missing or no JSON is a named failure. Spot and Savings Plans have no such files.
 * @throws the reason of the signal when it aborts.
 */
export async function fetchBulkPrices(
  request: PriceRequest,
  ports: { readonly fetchFile: FetchFile; readonly signal: AbortSignal },
): Promise<FetchedPrices> {
  const questions = priceQuestions(request.services, request.regions);
  const files = Map.groupBy(questions, ({ serviceCode, region }) => `${serviceCode} ${region}`);
  const parts: FetchedPrices[] = [];
  for (const asked of files.values()) parts.push(await fetchOffer(asked, request.today, ports));
  return togetherPrices(parts);
}

async function fetchOffer(
  questions: readonly PriceQuestion[],
  today: string,
  ports: { readonly fetchFile: FetchFile; readonly signal: AbortSignal },
): Promise<FetchedPrices> {
  const { serviceCode = '', region = '', service = '' } = questions[0] ?? {};
  const nothing = { entries: {}, conflicts: [], unlisted: 0, calls: 1, cacheHits: 0 };
  const index = await readJson(`${HOST}/offers/v1.0/aws/${serviceCode}/current/region_index.json`, ports);
  if ('error_code' in index) return { ...nothing, failed: [{ service, region, ...index }] };
  const path = versionPath(index.document, region);
  if (path === undefined) return { ...nothing, failed: [{ service, region, ...NO_REGION }] };
  const offer = await readJson(`${HOST}${path}`, ports);
  if ('error_code' in offer) return { ...nothing, failed: [{ service, region, ...offer }] };
  const version = textsOf(offer.document)['version'] ?? 'without version';
  const items = wantedOf(offer.document, questions);
  const prices = normaliseProducts(items, { source: `AWS price list file, ${serviceCode} ${version}`, as_of: today });
  return { ...prices, failed: [], calls: 2, cacheHits: 0 };
}

function* wantedOf(offer: JsonObject, questions: readonly PriceQuestion[]): Generator<JsonObject> {
  for (const item of productsOfOffer(offer)) {
    const product = isJsonObject(item['product']) ? item['product'] : {};
    const facts = { ...textsOf(product['attributes']), ...textsOf(product) };
    const isWanted = questions.some(({ filters }) =>
      Object.entries(filters).every(([name, value]) => facts[name] === value),
    );
    if (isWanted) yield item;
  }
}

function versionPath(index: JsonObject, region: string): string | undefined {
  const regions: JsonValue | undefined = index['regions'];
  const path = textsOf(isJsonObject(regions) ? regions[region] : undefined)['currentVersionUrl'];
  return path !== undefined && /^\/offers\/v1\.0\/aws\/[A-Za-z0-9/_-]+\/index\.json$/.test(path) ? path : undefined;
}

type Advice = Pick<PriceFailure, 'error_code' | 'fix'>;

const NO_REGION: Advice = { error_code: 'PRICE_FILE_NO_REGION', fix: 'this service has no prices in this region' };

async function readJson(
  url: string,
  { fetchFile, signal }: { readonly fetchFile: FetchFile; readonly signal: AbortSignal },
): Promise<{ readonly document: JsonObject } | Advice> {
  try {
    const response = await fetchFile(url, { signal });
    if (!response.ok) return { error_code: `Http${response.status}`, fix: 'try again later' };
    if (Number(response.headers.get('content-length')) > MAX_FILE_BYTES) return TOO_LARGE;
    const document: JsonValue = JSON.parse(await response.text());
    return isJsonObject(document) ? { document } : NOT_READABLE;
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof SyntaxError) return NOT_READABLE;
    if (error instanceof TypeError)
      return { error_code: 'PRICE_FILES_UNREACHABLE', fix: 'check the way to the internet' };
    throw error;
  }
}

const TOO_LARGE: Advice = {
  error_code: 'PRICE_FILE_TOO_LARGE',
  fix: 'use the Price List API, which gives parts of it: prices update without --bulk',
};

const NOT_READABLE: Advice = { error_code: 'PRICE_FILE_NOT_JSON', fix: 'try again later' };
