import { hash } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { AwsFault } from '../engine/fault.ts';

/** Checksums as S3 headers carry them: by lower-case algorithm, base64. */
export type Checksums = Readonly<Partial<Record<Algorithm, string>>>;

/** An algorithm as it ends the header name `x-amz-checksum-<algorithm>`. */
export type Algorithm = (typeof ALGORITHMS)[number];

const ALGORITHMS = ['crc32', 'crc32c', 'crc64nvme', 'sha1', 'sha256'] as const;

const COMPUTE: Readonly<Record<Algorithm, (body: Buffer) => string>> = {
  crc32: (body) => base64Word(crc32(body)),
  crc32c: (body) => base64Word(crc32c(body)),
  crc64nvme: (body) => crc64nvme(body),
  sha1: (body) => hash('sha1', body, 'base64'),
  sha256: (body) => hash('sha256', body, 'base64'),
};

/** The checksums a client gave, each compared with the body. @throws AwsFault `BadDigest`. */
export function verifiedChecksums(headers: Readonly<Record<string, string>>, body: Buffer): Checksums {
  const checksums: Partial<Record<Algorithm, string>> = {};
  for (const algorithm of ALGORITHMS) {
    const given = headers[`x-amz-checksum-${algorithm}`];
    if (given === undefined) continue;
    if (COMPUTE[algorithm](body) !== given) {
      throw new AwsFault(
        'BadDigest',
        `The ${algorithm.toUpperCase()} you specified did not match the calculated checksum.`,
      );
    }
    checksums[algorithm] = given;
  }
  const md5 = headers['content-md5'];
  if (md5 !== undefined && hash('md5', body, 'base64') !== md5) {
    throw new AwsFault('BadDigest', 'The Content-MD5 you specified did not match what we received.');
  }
  return checksums;
}

/** Checksums as response headers. */
export function checksumHeaders(checksums: Checksums): Record<string, string> {
  const entries = Object.entries(checksums).map(([name, value]) => [`x-amz-checksum-${name}`, value]);
  return entries.length === 0 ? {} : { ...Object.fromEntries(entries), 'x-amz-checksum-type': 'FULL_OBJECT' };
}

function base64Word(word: number): string {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(word >>> 0);
  return bytes.toString('base64');
}

/** CRC-32C (Castagnoli, reflected polynomial 0x82f63b78). Source: RFC 3720 appendix B.4. */
function crc32c(body: Buffer): number {
  let crc = -1;
  for (const byte of body) crc = (crc >>> 8) ^ (CRC32C_TABLE[(crc ^ byte) & 255] ?? 0);
  return ~crc;
}

const CRC32C_TABLE: Int32Array = Int32Array.from({ length: 256 }, (_, index) => {
  let crc = index;
  for (let bit = 0; bit < 8; bit += 1) crc = crc & 1 ? (crc >>> 1) ^ 0x82f63b78 : crc >>> 1;
  return crc;
});

/**
 * CRC-64/NVME (reflected polynomial 0x9a6c9329ac4bc9b5), kept in two 32-bit halves.
 * Source: NVM Express NVM command set specification 1.0, section 5.2.1.3.4.
 */
function crc64nvme(body: Buffer): string {
  let [high, low] = [-1, -1];
  for (const byte of body) {
    const index = (low ^ byte) & 255;
    low = ((low >>> 8) | (high << 24)) ^ (CRC64_TABLE.low[index] ?? 0);
    high = (high >>> 8) ^ (CRC64_TABLE.high[index] ?? 0);
  }
  const bytes = Buffer.alloc(8);
  bytes.writeInt32BE(~high, 0);
  bytes.writeInt32BE(~low, 4);
  return bytes.toString('base64');
}

const CRC64_TABLE: { readonly high: Int32Array; readonly low: Int32Array } = crc64Table();

function crc64Table(): { high: Int32Array; low: Int32Array } {
  const [high, low] = [new Int32Array(256), new Int32Array(256)];
  for (let index = 0; index < 256; index += 1) {
    let crc = BigInt(index);
    for (let bit = 0; bit < 8; bit += 1) crc = crc & 1n ? (crc >> 1n) ^ 0x9a6c9329ac4bc9b5n : crc >> 1n;
    high[index] = Number(crc >> 32n) | 0;
    low[index] = Number(crc & 0xffffffffn) | 0;
  }
  return { high, low };
}
