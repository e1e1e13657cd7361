import { AwsFault, notImplemented } from '../engine/fault.ts';
import type { WireRequest, WireResponse } from '../wire/message.ts';
import { restResponse } from '../wire/rest.ts';
import type { Address } from './address.ts';
import { checksumHeaders } from './checksum.ts';
import { noSuchKey } from './faults.ts';
import type { StoredObject } from './object-table.ts';
import { checkRead } from './preconditions.ts';
import type { S3State } from './state.ts';

/** GetObject and, when `withBody` is false, HeadObject. */
export function getObject(
  { db, objects }: S3State,
  { bucket, key }: Address,
  request: WireRequest,
  withBody: boolean,
): Promise<WireResponse> {
  return db.read(() => {
    objects.requireBucket(bucket);
    const object = objects.get(bucket, key);
    if (object === undefined) throw noSuchKey();
    checkRead(request.headers, object);
    const range = rangeOf(request.headers['range'], object.size);
    const { start, length } = range ?? { start: 0, length: object.size };
    const partial =
      range === undefined ? {} : { 'content-range': `bytes ${start}-${start + length - 1}/${object.size}` };
    const headers = {
      ...objectHeaders(object),
      ...(range === undefined && request.headers['x-amz-checksum-mode'] !== undefined
        ? checksumHeaders(object.metadata.checksums)
        : {}),
      'content-length': String(length),
      ...partial,
    };
    const status = range === undefined ? 200 : 206;
    if (!withBody) return restResponse(status, headers);
    const body = range === undefined ? objects.wholeBytes(bucket, key) : objects.bytes(bucket, key, start, length);
    return { ...restResponse(status, headers, body), streamed: true };
  });
}

function objectHeaders(object: StoredObject): Record<string, string> {
  const { contentType, headers, user } = object.metadata;
  const userHeaders = Object.entries(user).map(([name, value]) => [`x-amz-meta-${name}`, value]);
  return {
    etag: `"${object.etag}"`,
    'last-modified': new Date(object.modifiedMs).toUTCString(),
    'content-type': contentType,
    'accept-ranges': 'bytes',
    ...headers,
    ...Object.fromEntries(userHeaders),
  };
}

/** A single range; a header that is none is ignored, as HTTP asks. @throws AwsFault `InvalidRange` 416. */
function rangeOf(header: string | undefined, size: number): { start: number; length: number } | undefined {
  if (header === undefined) return undefined;
  if (header.includes(',')) throw notImplemented('several ranges in one GetObject');
  const suffix = /^bytes=-(\d+)$/.exec(header);
  if (suffix !== null) return within(size - Number(suffix[1]), size - 1, size);
  const [match, first, last] = /^bytes=(\d+)-(\d*)$/.exec(header) ?? [];
  if (match === undefined) return undefined;
  return within(Number(first), last === '' ? size - 1 : Number(last), size);
}

function within(first: number, last: number, size: number): { start: number; length: number } {
  const [start, end] = [Math.max(0, first), Math.min(last, size - 1)];
  if (start > end) throw new AwsFault('InvalidRange', 'The requested range is not satisfiable', 416);
  return { start, length: end - start + 1 };
}
