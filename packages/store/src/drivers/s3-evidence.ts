import { GetObjectCommand, HeadObjectCommand, PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { type EvidenceId, type EvidenceStore, type SessionId, evidenceHex } from '@infrafabric/protocol';
import { byteCache } from '../byte-cache.ts';
import { StoreError } from '../errors.ts';
import { checked, missing, nameOf, refuseAbove } from '../evidence-bytes.ts';
import { statusOf, toStoreError } from './store-error.ts';

/** Options of the S3 driver. */
export interface S3EvidenceOptions {
  readonly client: S3Client;
  readonly bucket: string;
  readonly tenant: string;
  /** Keeps the bytes as blobs of this session; without it they are evidence that all sessions of the tenant share. */
  readonly session?: SessionId | undefined;
  /** Bytes of small objects kept in this process after they were hashed; 32 MiB by default, 0 keeps none. */
  readonly cacheBytes?: number | undefined;
}

/** How often a write that raced another writer of the same bytes is tried (S3 answers 409 while the other is under way). */
const RACED_TRIES = 4;

/**
 * Evidence in S3, one object a hash: `t/<tenant>/evidence/sha256/<hex>` or `t/<tenant>/s/<session>/blob/<hex>`.
 *
 * Bytes handed out may be shared: they must not be changed. Where S3 does not know If-None-Match the same bytes are
 * written over themselves, and `fresh` says true again.
 */
export function s3Evidence(options: S3EvidenceOptions): EvidenceStore {
  const { client, bucket } = options;
  const cache = byteCache(options.cacheBytes ?? 32 * 1024 * 1024);

  return {
    async put(bytes) {
      const { id, hex } = nameOf(bytes);
      if (cache.get(id) !== undefined) return { id, fresh: false };
      const fresh = await putOnce(client, {
        Bucket: bucket,
        Key: keyOf(options, hex),
        Body: bytes,
        IfNoneMatch: '*',
        ChecksumSHA256: Buffer.from(hex, 'hex').toString('base64'),
      });
      if (cache.takes(bytes.byteLength)) cache.set(id, bytes.slice());
      return { id, fresh };
    },
    async get(id, most) {
      const kept = cache.get(id);
      if (kept !== undefined) {
        refuseAbove(id, kept.byteLength, most);
        return kept;
      }
      const place = { Bucket: bucket, Key: keyOf(options, evidenceHex(id)) };
      const reading = most === undefined ? read(client, id, place) : readBounded(client, { id, most, place });
      const bytes = checked(id, await reading);
      cache.set(id, bytes);
      return bytes;
    },
  };
}

function keyOf({ tenant, session }: S3EvidenceOptions, hex: string): string {
  return session === undefined ? `t/${tenant}/evidence/sha256/${hex}` : `t/${tenant}/s/${session}/blob/${hex}`;
}

/** Whether this call wrote the object; false when it was there. */
async function putOnce(client: S3Client, input: PutObjectCommand['input']): Promise<boolean> {
  for (let tries = 1; ; tries += 1) {
    try {
      await client.send(new PutObjectCommand(input));
      return true;
    } catch (cause) {
      const status = statusOf(cause);
      if (status === 412) return false;
      if (status !== 409 || tries === RACED_TRIES) throw toStoreError(cause, input.Key ?? '');
    }
  }
}

interface Place {
  readonly Bucket: string;
  readonly Key: string;
}

interface Bounded {
  readonly id: EvidenceId;
  readonly most: number;
  readonly place: Place;
}

/** Asks for the size first, and believes it no more than the bytes that come. */
async function readBounded(client: S3Client, { id, most, place }: Bounded): Promise<Uint8Array> {
  try {
    const { ContentLength = 0 } = await client.send(new HeadObjectCommand(place));
    refuseAbove(id, ContentLength, most);
    const { Body } = await client.send(new GetObjectCommand(place));
    const chunks: Uint8Array[] = [];
    let size = 0;
    const reader = Body?.transformToWebStream().getReader();
    for (let next = await reader?.read(); next?.done === false; next = await reader?.read()) {
      const chunk: Uint8Array = next.value;
      size += chunk.byteLength;
      if (size > most) await reader?.cancel();
      refuseAbove(id, size, most);
      chunks.push(chunk);
    }
    return Buffer.concat(chunks, size);
  } catch (cause) {
    throw cause instanceof StoreError ? cause : readError(cause, id, place.Key);
  }
}

async function read(client: S3Client, id: EvidenceId, input: Place): Promise<Uint8Array> {
  try {
    const { Body } = await client.send(new GetObjectCommand(input));
    return (await Body?.transformToByteArray()) ?? new Uint8Array();
  } catch (cause) {
    throw readError(cause, id, input.Key);
  }
}

function readError(cause: unknown, id: EvidenceId, key: string): StoreError {
  const isAbsent = cause instanceof Error && ['NoSuchKey', 'NotFound'].includes(cause.name);
  return isAbsent ? missing(id, cause) : toStoreError(cause, key);
}
