import { PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { sha256Hex } from '@infrafabric/protocol';

/** Where refused messages are kept for a person to look at: `t/<tenant>/quarantine/<sha256 hex>`, with the code as metadata. */
export interface S3QuarantineOptions {
  readonly client: S3Client;
  readonly bucket: string;
  readonly tenant: string;
}

/** Keeps wires that could not be verified, content-addressed: the same wire refused twice is kept once. */
export function s3Quarantine({ client, bucket, tenant }: S3QuarantineOptions): {
  keep(wire: string, code: string): Promise<void>;
} {
  return {
    async keep(wire, code) {
      const Key = `t/${tenant}/quarantine/${sha256Hex(wire)}`;
      await client.send(new PutObjectCommand({ Bucket: bucket, Key, Body: wire, Metadata: { code } }));
    },
  };
}
