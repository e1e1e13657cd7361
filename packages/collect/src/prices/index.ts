export { fetchBulkPrices } from './bulk-files.ts';
export type { FetchFile } from './bulk-files.ts';
export { fetchPrices } from './fetch-prices.ts';
export type { PriceRequest } from './fetch-prices.ts';
export type { FetchedPrices, PriceFailure } from './fetched-prices.ts';
export { PRICE_SERVICES } from './questions.ts';
export { PRICE_READS } from './reads.ts';
