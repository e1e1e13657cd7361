import { PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { sha256Hex } from '@infrafabric/protocol';
import { toStoreError } from './store-error.ts';

/** Options of the quarantine. */
export interface S3QuarantineOptions {
  readonly client: S3Client;
  readonly bucket: string;
  readonly tenant: string;
}

/** Where a bus leaves wires that could not be verified. */
export interface QuarantineBox {
  /** Keeps a wire under its hash, with the code of its refusal; keeping it twice is harmless. */
  keep(wire: string, code: string): Promise<void>;
}

/** Quarantine in S3: `t/<tenant>/quarantine/<sha256 of the wire>`, the code as object metadata `code`. */
export function s3Quarantine(options: S3QuarantineOptions): QuarantineBox {
  const { client, bucket: Bucket, tenant } = options;
  return {
    async keep(wire, code) {
      const Key = `t/${tenant}/quarantine/${sha256Hex(wire)}`;
      try {
        await client.send(new PutObjectCommand({ Bucket, Key, Body: wire, Metadata: { code } }));
      } catch (cause) {
        throw toStoreError(cause, Key);
      }
    },
  };
}
