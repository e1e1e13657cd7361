import { linkSync, mkdirSync, rmSync, statSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { unpackEstate } from '@infrafabric/collect';
import { type Inputs as BucketInputs, s3Inputs } from '@infrafabric/store';
import { RuntimeError } from '../errors.ts';
import type { Fabric } from '../fabric.ts';
import { MAX_UPLOAD_BYTES, type Uploads } from './uploads.ts';

/** A file an analysis may read: one that was uploaded, by its hash and the name the report calls it by, or an object of our bucket. */
export type HostedInput =
  | { readonly sha256: string; readonly name: string }
  /** `s3://<our bucket>/t/<tenant>/inputs/…`; the report calls it by its last part. */
  | { readonly object: string };

/** Files to analyse: a zip of an estate directory, and files that together are one bill. */
export interface HostedInputs {
  readonly estate?: HostedInput | undefined;
  readonly bills?: readonly HostedInput[] | undefined;
}

/** Paths of this machine, for as long as they are lent. */
export interface LentInputs {
  readonly estate?: string;
  readonly bills: readonly string[];
}

/** A name that is safe as a file's, and that a report may show. */
const NAME = /^[A-Za-z0-9][A-Za-z0-9._-]{0,120}$/;

/**
 * Lends inputs under their own names for as long as `use` runs; an estate is unpacked.
 *
 * @throws RuntimeError `UPLOAD_MISSING`, `OBJECT_MISSING`, `INPUT_PATH_FORBIDDEN`, `UPLOAD_TOO_LARGE`; CollectError for a bad zip.
 */
export async function withInputs<T>(
  fabric: Pick<Fabric, 'clients' | 'addresses' | 'config'>,
  uploads: Uploads,
  { estate, bills = [] }: HostedInputs,
  use: (lent: LentInputs) => Promise<T>,
): Promise<T> {
  const bucket = s3Inputs({
    client: fabric.clients.s3,
    bucket: fabric.addresses.bucketName,
    tenant: fabric.config.tenant,
  });
  const folder = uploads.folder();
  const lend = async (input: HostedInput, place: string): Promise<string> => {
    mkdirSync(join(folder, place));
    if ('object' in input) return fetchObject(bucket, input.object, join(folder, place));
    const path = join(folder, place, nameOf(input.name));
    linkSync(uploads.pathOf(input.sha256), path);
    return path;
  };
  try {
    const paths: string[] = [];
    for (const [n, bill] of bills.entries()) paths.push(await lend(bill, `bill-${n}`));
    if (estate === undefined) return await use({ bills: paths });
    const zip = await lend(estate, 'zip');
    return await use({ bills: paths, estate: await unpacked(zip, join(folder, 'estate')) });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function unpacked(path: string, folder: string): Promise<string> {
  mkdirSync(folder);
  const name = path.slice(path.lastIndexOf('/') + 1);
  return unpackEstate({ path, name, bytes: statSync(path).size }, folder);
}

async function fetchObject(bucket: BucketInputs, address: string, folder: string): Promise<string> {
  if (!address.startsWith(bucket.prefix)) throw forbidden(address, bucket.prefix);
  const name = nameOf(address.slice(address.lastIndexOf('/') + 1));
  const object = await bucket.open(address);
  if (object === undefined) throw absent(address);
  const path = join(folder, name);
  const file = await open(path, 'wx', 0o600);
  try {
    let bytes = 0;
    for await (const chunk of object.chunks) {
      bytes += chunk.length;
      if (bytes > MAX_UPLOAD_BYTES) throw tooLarge(address);
      await file.writeFile(chunk);
    }
  } finally {
    await file.close();
  }
  return path;
}

function nameOf(name: string): string {
  if (NAME.test(name)) return name;
  throw new RuntimeError('INPUT_PATH_FORBIDDEN', {
    message: 'expected a file name of letters, digits, dots, dashes and underscores',
    where: JSON.stringify(name.slice(0, 80)),
    fix: 'name the file otherwise',
  });
}

function forbidden(address: string, prefix: string): RuntimeError {
  return new RuntimeError('INPUT_PATH_FORBIDDEN', {
    message: `expected an object in ${prefix}`,
    where: JSON.stringify(address.slice(0, 120)),
    fix: 'copy the file there, or upload it',
  });
}

function absent(address: string): RuntimeError {
  return new RuntimeError('OBJECT_MISSING', {
    message: 'the bucket has no object of this address',
    where: address.slice(0, 200),
    fix: 'copy the file there first: aws s3 cp FILE ADDRESS',
  });
}

function tooLarge(address: string): RuntimeError {
  return new RuntimeError('UPLOAD_TOO_LARGE', {
    message: `expected at most ${MAX_UPLOAD_BYTES} bytes`,
    where: address.slice(0, 200),
    fix: 'compress it, or analyse it with the command line where it is',
  });
}
