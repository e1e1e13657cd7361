import { GetObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { toStoreError } from './store-error.ts';

/** Options of the S3 driver. */
export interface S3InputsOptions {
  readonly client: S3Client;
  readonly bucket: string;
  readonly tenant: string;
}

/** An object as it comes. */
export interface InputObject {
  /** As S3 says before the first byte. */
  readonly bytes: number;
  readonly chunks: AsyncIterable<Uint8Array>;
}

/** Files that somebody put into our bucket to have them analysed. */
export interface Inputs {
  /** `s3://<bucket>/t/<tenant>/inputs/`: what every address of an input begins with. */
  readonly prefix: string;
  /** Opens the object of an address that begins with `prefix`; `undefined` when there is none. @throws StoreError `ACCESS_DENIED`, `UNAVAILABLE`. */
  open(address: string): Promise<InputObject | undefined>;
}

/** Inputs in S3; nothing outside the folder of the tenant is ever asked for. */
export function s3Inputs({ client, bucket, tenant }: S3InputsOptions): Inputs {
  const prefix = `s3://${bucket}/t/${tenant}/inputs/`;
  return {
    prefix,
    async open(address) {
      if (!address.startsWith(prefix)) throw new TypeError(`expected an address in ${prefix}`);
      const Key = address.slice(`s3://${bucket}/`.length);
      try {
        const { Body, ContentLength = 0 } = await client.send(new GetObjectCommand({ Bucket: bucket, Key }));
        return { bytes: ContentLength, chunks: Body?.transformToWebStream() ?? new Blob([]).stream() };
      } catch (cause) {
        if (cause instanceof Error && cause.name === 'NoSuchKey') return undefined;
        throw toStoreError(cause, address);
      }
    },
  };
}
