import { AwsFault, notImplemented } from '../engine/fault.ts';
import type { WireRequest, WireResponse } from '../wire/message.ts';
import { restXml } from '../wire/rest.ts';
import { xmlElement } from '../wire/xml.ts';
import type { Address } from './address.ts';
import type { ListedObject } from './object-table.ts';
import { S3_NAMESPACE, type S3State } from './state.ts';

/** A page holds at most this many keys and common prefixes. Source: S3 API reference, ListObjectsV2 (2026-11). */
const MAX_KEYS = 1000;

/** A noncharacter that sorts after all keys that share what stands before it. */
const AFTER_ALL_KEYS = '\u{10ffff}';

interface Listing {
  readonly prefix: string;
  readonly delimiter: string;
  readonly maxKeys: number;
  readonly after: string;
}

interface Page {
  readonly objects: readonly ListedObject[];
  readonly prefixes: readonly string[];
  /** Where the next page begins, when there is one. */
  readonly next: string | undefined;
}

/** ListObjectsV2. */
export function listObjects(state: S3State, { bucket }: Address, request: WireRequest): Promise<WireResponse> {
  const { query } = request;
  if (query.get('list-type') !== '2') throw notImplemented('ListObjects (use ListObjectsV2)');
  const token = query.get('continuation-token');
  const listing = {
    prefix: query.get('prefix') ?? '',
    delimiter: query.get('delimiter') ?? '',
    maxKeys: maxKeysOf(query.get('max-keys')),
    after: token === null ? (query.get('start-after') ?? '') : Buffer.from(token, 'base64').toString('utf8'),
  };
  return state.db.read(() => {
    state.objects.requireBucket(bucket);
    const encode = query.get('encoding-type') === 'url' ? urlEncoded : (text: string) => text;
    return restXml(document(bucket, listing, pageOf(state, bucket, listing), encode));
  });
}

function pageOf({ objects }: S3State, bucket: string, listing: Listing): Page {
  const found: ListedObject[] = [];
  const prefixes: string[] = [];
  let { after } = listing;
  for (;;) {
    const rows = objects.list(bucket, after, listing.prefix, MAX_KEYS);
    for (const row of rows) {
      if (!row.key.startsWith(listing.prefix)) return { objects: found, prefixes, next: undefined };
      if (row.key <= after && after.endsWith(AFTER_ALL_KEYS)) continue;
      if (found.length + prefixes.length >= listing.maxKeys) return { objects: found, prefixes, next: after };
      const common = commonPrefix(row.key, listing);
      if (common === undefined) found.push(row);
      else prefixes.push(common);
      after = common === undefined ? row.key : common + AFTER_ALL_KEYS;
    }
    if (rows.length < MAX_KEYS) return { objects: found, prefixes, next: undefined };
  }
}

function commonPrefix(key: string, { prefix, delimiter }: Listing): string | undefined {
  if (delimiter === '') return undefined;
  const at = key.indexOf(delimiter, prefix.length);
  return at < 0 ? undefined : key.slice(0, at + delimiter.length);
}

function document(bucket: string, listing: Listing, page: Page, encode: (text: string) => string): string {
  const contents = page.objects.map(
    (object) =>
      `<Contents>${xmlElement('Key', encode(object.key))}${xmlElement('LastModified', new Date(object.modifiedMs).toISOString())}` +
      `${xmlElement('ETag', `"${object.etag}"`)}${xmlElement('Size', object.size)}<StorageClass>STANDARD</StorageClass></Contents>`,
  );
  const prefixes = page.prefixes.map((one) => `<CommonPrefixes>${xmlElement('Prefix', encode(one))}</CommonPrefixes>`);
  const next = page.next === undefined ? undefined : Buffer.from(page.next).toString('base64');
  return [
    `<ListBucketResult xmlns="${S3_NAMESPACE}">`,
    xmlElement('Name', bucket),
    xmlElement('Prefix', encode(listing.prefix)),
    listing.delimiter === '' ? '' : xmlElement('Delimiter', encode(listing.delimiter)),
    xmlElement('MaxKeys', listing.maxKeys),
    encode === urlEncoded ? xmlElement('EncodingType', 'url') : '',
    xmlElement('KeyCount', page.objects.length + page.prefixes.length),
    xmlElement('IsTruncated', next !== undefined),
    xmlElement('NextContinuationToken', next),
    ...contents,
    ...prefixes,
    '</ListBucketResult>',
  ].join('');
}

function maxKeysOf(text: string | null): number {
  if (text === null) return MAX_KEYS;
  if (/^\d+$/.test(text)) return Math.min(MAX_KEYS, Number(text));
  throw new AwsFault('InvalidArgument', 'Provided max-keys not an integer or within integer range');
}

function urlEncoded(text: string): string {
  return encodeURIComponent(text).replaceAll('%2F', '/');
}
