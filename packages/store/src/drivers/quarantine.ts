import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { GetObjectCommand, PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { type Clock, sha256Hex } from '@infrafabric/protocol';
import { z } from 'zod';
import { TIME_TO_LIVE_ATTRIBUTE } from '../state-table.ts';
import { dynamoTable } from './dynamo-table.ts';
import { statusOf, toStoreError } from './store-error.ts';

/** Options of the quarantine. */
export interface QuarantineOptions {
  readonly s3: S3Client;
  readonly bucket: string;
  readonly dynamodb: DynamoDBClient;
  readonly table: string;
  readonly tenant: string;
  readonly clock: Pick<Clock, 'nowMs'>;
  /** For how long after its last refusal a wire is listed, in milliseconds. */
  readonly keepMs: number;
}

const Quarantined = z.object({
  sha256: z.string(),
  code: z.string(),
  bytes: z.number(),
  count: z.number(),
  first_at_ms: z.number(),
  last_at_ms: z.number(),
  [TIME_TO_LIVE_ATTRIBUTE]: z.number().optional(),
});

/** A wire that was refused, by its hash: why, how large it is, how often it came and when (milliseconds since 1970). */
export type Quarantined = Omit<z.infer<typeof Quarantined>, typeof TIME_TO_LIVE_ATTRIBUTE>;

/** Where a bus leaves wires that could not be verified. */
export interface QuarantineBox {
  /** Keeps a wire under its hash and counts its refusal; one that is kept already is only counted. @throws StoreError. */
  keep(wire: string, code: string): Promise<void>;
  /** Every refused wire, the latest first; one refused for two reasons stands there twice. @throws StoreError. */
  list(): Promise<Quarantined[]>;
  /** The bytes of a refused wire, which nobody has verified; `undefined` when none has this hash. @throws StoreError. */
  read(sha256: string): Promise<Uint8Array | undefined>;
}

/** Quarantine with the wires in S3 (`t/<tenant>/quarantine/<sha256>`) and their counts in the table (pk `t#<tenant>#quarantine`). */
export function quarantineBox({ s3, bucket: Bucket, dynamodb, table: name, ...at }: QuarantineOptions): QuarantineBox {
  const table = dynamoTable({ client: dynamodb, table: name });
  const pk = `t#${at.tenant}#quarantine`;
  const keyOf = (sha256: string): string => `t/${at.tenant}/quarantine/${sha256}`;
  return {
    async keep(wire, code) {
      const sha256 = sha256Hex(wire);
      await s3
        .send(new PutObjectCommand({ Bucket, Key: keyOf(sha256), Body: wire, Metadata: { code } }))
        .catch((cause: unknown) => {
          throw toStoreError(cause, keyOf(sha256));
        });
      const key = { pk, sk: `${sha256}#${code}` };
      const now = at.clock.nowMs();
      const first = { sha256, code, bytes: Buffer.byteLength(wire), count: 1, first_at_ms: now, last_at_ms: now };
      const end = { [TIME_TO_LIVE_ATTRIBUTE]: Math.ceil((now + at.keepMs) / 1_000) };
      if ((await table.create(key, { ...first, ...end })) === undefined) return;
      await table.update(key, { expect: {}, add: { count: 1 }, set: { last_at_ms: now, ...end } });
    },
    async list() {
      const items = await table.query({
        KeyConditionExpression: 'pk = :pk',
        ExpressionAttributeValues: { ':pk': pk },
      });
      return items
        .map((item) => Quarantined.parse(item))
        .filter(({ [TIME_TO_LIVE_ATTRIBUTE]: end }) => end === undefined || end * 1_000 > at.clock.nowMs())
        .map(({ [TIME_TO_LIVE_ATTRIBUTE]: _end, ...one }) => one)
        .toSorted((a, b) => b.last_at_ms - a.last_at_ms);
    },
    async read(sha256) {
      try {
        const { Body } = await s3.send(new GetObjectCommand({ Bucket, Key: keyOf(sha256) }));
        return await Body?.transformToByteArray();
      } catch (cause) {
        if (statusOf(cause) === 404) return undefined;
        throw toStoreError(cause, keyOf(sha256));
      }
    },
  };
}
