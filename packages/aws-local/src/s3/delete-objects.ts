import { AwsFault, notImplemented } from '../engine/fault.ts';
import type { WireRequest, WireResponse } from '../wire/message.ts';
import { restResponse, restXml } from '../wire/rest.ts';
import { xmlElement, xmlTexts } from '../wire/xml.ts';
import type { Address } from './address.ts';
import { verifiedChecksums } from './checksum.ts';
import { checkWrite } from './preconditions.ts';
import { S3_NAMESPACE, type S3State } from './state.ts';

/** DeleteObjects takes this many keys. Source: S3 API reference, DeleteObjects (2026-11). */
const MAX_KEYS = 1000;

/** DeleteObject. */
export function deleteObject({ db, objects }: S3State, address: Address, request: WireRequest): Promise<WireResponse> {
  const { bucket, key } = address;
  return db.write(() => {
    objects.requireBucket(bucket);
    if (request.headers['if-match'] !== undefined) checkWrite(request.headers, objects.get(bucket, key));
    objects.delete(bucket, key);
    return restResponse(204);
  });
}

/** DeleteObjects. */
export function deleteObjects(
  { db, objects }: S3State,
  { bucket }: Address,
  request: WireRequest,
): Promise<WireResponse> {
  verifiedChecksums(request.headers, request.body);
  const document = request.body.toString('utf8');
  for (const condition of ['VersionId', 'ETag', 'LastModifiedTime', 'Size']) {
    if (document.includes(`<${condition}>`)) throw notImplemented(`${condition} in DeleteObjects`);
  }
  const keys = xmlTexts(document, 'Key');
  if (keys.length === 0 || keys.length > MAX_KEYS) {
    throw new AwsFault('MalformedXML', `expected 1 to ${MAX_KEYS} keys, got ${keys.length}`);
  }
  const quiet = xmlTexts(document, 'Quiet')[0] === 'true';
  return db.write(() => {
    objects.requireBucket(bucket);
    for (const key of keys) objects.delete(bucket, key);
    const deleted = quiet ? [] : keys.map((key) => `<Deleted>${xmlElement('Key', key)}</Deleted>`);
    return restXml(`<DeleteResult xmlns="${S3_NAMESPACE}">${deleted.join('')}</DeleteResult>`);
  });
}
