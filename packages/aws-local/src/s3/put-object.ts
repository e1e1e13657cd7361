import { hash } from 'node:crypto';
import type { WireRequest, WireResponse } from '../wire/message.ts';
import { restResponse } from '../wire/rest.ts';
import type { Address } from './address.ts';
import { type Checksums, checksumHeaders } from './checksum.ts';
import type { ObjectMetadata } from './object-table.ts';
import { payloadOf } from './payload.ts';
import { checkWrite } from './preconditions.ts';
import type { S3State } from './state.ts';

/** Request headers that are kept with the object and given back. */
const KEPT_HEADERS: ReadonlySet<string> = new Set([
  'cache-control',
  'content-disposition',
  'content-language',
  'expires',
]);

/** PutObject. */
export function putObject(state: S3State, { bucket, key }: Address, request: WireRequest): Promise<WireResponse> {
  const { db, clock, objects } = state;
  const { body, checksums } = payloadOf(request);
  const etag = hash('md5', body);
  const metadata = metadataOf(request.headers, checksums);
  return db.write(() => {
    objects.requireBucket(bucket);
    checkWrite(request.headers, objects.get(bucket, key));
    objects.put(bucket, { key, size: body.length, etag, modifiedMs: clock.nowMs(), metadata }, body);
    return restResponse(200, { etag: `"${etag}"`, ...checksumHeaders(checksums) });
  });
}

function metadataOf(headers: Readonly<Record<string, string>>, checksums: Checksums): ObjectMetadata {
  const entries = Object.entries(headers);
  const prefix = 'x-amz-meta-';
  const encodings = (headers['content-encoding'] ?? '').split(',').map((one) => one.trim());
  const encoding = encodings.filter((one) => one !== '' && one !== 'aws-chunked').join(',');
  return {
    contentType: headers['content-type'] ?? 'application/octet-stream',
    headers: {
      ...Object.fromEntries(entries.filter(([name]) => KEPT_HEADERS.has(name))),
      ...(encoding === '' ? {} : { 'content-encoding': encoding }),
    },
    user: Object.fromEntries(
      entries.filter(([name]) => name.startsWith(prefix)).map(([name, value]) => [name.slice(prefix.length), value]),
    ),
    checksums,
  };
}
