import { GetObjectCommand, PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { statusOf, toStoreError } from './store-error.ts';

/** Options of the S3 driver. */
export interface S3ClaimsOptions {
  readonly client: S3Client;
  readonly bucket: string;
  readonly tenant: string;
}

/** Names that are taken once and for all. */
export interface Claims {
  /** Takes a name with a text, or answers the text it was taken with. `name` is hexadecimal. @throws StoreError `UNAVAILABLE`. */
  claim(name: string, text: string): Promise<string>;
}

/** How often a write that raced another one is tried (S3 answers 409 while the other is under way). */
const RACED_TRIES = 4;

/** Claims in S3, one object a name, written only where there is none (If-None-Match): `t/<tenant>/claim/<name>`. */
export function s3Claims({ client, bucket: Bucket, tenant }: S3ClaimsOptions): Claims {
  return {
    async claim(name, text) {
      const Key = `t/${tenant}/claim/${name}`;
      for (let tries = 1; ; tries += 1) {
        try {
          await client.send(new PutObjectCommand({ Bucket, Key, Body: text, IfNoneMatch: '*' }));
          return text;
        } catch (cause) {
          const status = statusOf(cause);
          if (status === 412) break;
          if (status !== 409 || tries === RACED_TRIES) throw toStoreError(cause, Key);
        }
      }
      try {
        const { Body } = await client.send(new GetObjectCommand({ Bucket, Key }));
        return (await Body?.transformToString()) ?? '';
      } catch (cause) {
        throw toStoreError(cause, Key);
      }
    },
  };
}
