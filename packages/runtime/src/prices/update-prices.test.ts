import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { diskCache } from '@infrafabric/collect/cache';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { readConfig } from '../config/config.ts';
import { readUpdatedPrices } from './price-folder.ts';
import { showPrices } from './show-prices.ts';
import { updatePrices } from './update-prices.ts';

let home = '';
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'prices-'));
});
afterEach(() => {
  vi.unstubAllGlobals();
  rmSync(home, { recursive: true });
});

const configOf = () => readConfig({ flags: {}, environment: { INFRAFABRIC_HOME: home } });
const ask = (services: readonly string[]) => ({
  services,
  regions: ['xx-test-1'],
  bulk: true,
  signal: new AbortController().signal,
});

/** The public files of one service, at one price an hour. */
function servePrice(usd: string): void {
  const path = '/offers/v1.0/aws/AmazonEKS/20261120000000/xx-test-1/index.json';
  const attributes = { regionCode: 'xx-test-1', usagetype: 'XXT1-AmazonEKS-Hours:perCluster' };
  const priceDimensions = { d: { unit: 'Hrs', beginRange: '0', endRange: 'Inf', pricePerUnit: { USD: usd } } };
  const offer = {
    offerCode: 'AmazonEKS',
    version: '20261120000000',
    products: { ABCDEFGHIJKLMNOP: { sku: 'ABCDEFGHIJKLMNOP', productFamily: 'Compute', attributes } },
    terms: { OnDemand: { ABCDEFGHIJKLMNOP: { t: { priceDimensions, termAttributes: {} } } } },
  };
  const index = { regions: { 'xx-test-1': { regionCode: 'xx-test-1', currentVersionUrl: path } } };
  vi.stubGlobal('fetch', async (url: string) => Response.json(url.endsWith(path) ? offer : index));
}

it('writes what it read as a table of the day, which the next analysis uses', async () => {
  servePrice('0.10');
  const { path, prices, failed } = await updatePrices(configOf(), ask(['eks']));
  expect([path.startsWith(join(home, 'prices')), prices, failed]).toStrictEqual([true, 1, []]);
  expect(showPrices(configOf(), 'eks/xx-test-1/')).toMatchObject([
    { key: 'eks/xx-test-1/cluster/hour', usd: '0.1', age_days: 0, stale: false },
  ]);
});

it('drops the answers its table takes the place of, unless something could not be read', async () => {
  const answers = diskCache(join(home, 'cache', 'aws'));
  const under = { kind: 'prices', key: 'a'.repeat(64) } as const;
  const answer = { pages: [], atMs: 1 };
  servePrice('0.10');
  await answers.put(under, answer);
  await updatePrices(configOf(), { ...ask(['eks']), regions: ['xx-test-1', 'no-such-1'] });
  expect(await answers.get(under, 2, 10)).toStrictEqual(answer);
  await updatePrices(configOf(), ask(['eks']));
  expect(await answers.get(under, 2, 10)).toBeUndefined();
});

it('writes nothing when nothing was read', async () => {
  vi.stubGlobal('fetch', async () => new Response('', { status: 503 }));
  await expect(updatePrices(configOf(), ask(['eks']))).rejects.toThrow('expected prices, got none');
  expect(readUpdatedPrices(home)).toBeUndefined();
});

it('refuses a service it does not know, and names those it does', async () => {
  await expect(updatePrices(configOf(), ask(['mainframe']))).rejects.toThrow('no prices are read for "mainframe"');
});

it('refuses to show a key nobody has', () => {
  expect(() => showPrices(configOf(), 'mainframe/')).toThrow('no price has a key that starts with "mainframe/"');
});
