import type { Clock } from '@infrafabric/protocol';
import type { Database } from '../engine/database.ts';
import { AwsFault, notImplemented } from '../engine/fault.ts';
import { REGION } from '../engine/identity.ts';
import type { Answer, WireRequest, WireResponse } from '../wire/message.ts';
import { restFault, restResponse } from '../wire/rest.ts';
import { type Address, addressOf } from './address.ts';
import { deleteObject, deleteObjects } from './delete-objects.ts';
import { getObject } from './get-object.ts';
import { listObjects } from './list-objects.ts';
import { ObjectTable } from './object-table.ts';
import { putObject } from './put-object.ts';
import type { S3State } from './state.ts';

type Operation = (state: S3State, address: Address, request: WireRequest) => Promise<WireResponse>;

/** An operation with the query parameters it knows; any other names a sub-resource that is refused. */
interface Route {
  readonly operation: Operation;
  readonly parameters: readonly string[];
}

const LIST_PARAMETERS: readonly string[] = [
  'list-type',
  'prefix',
  'delimiter',
  'max-keys',
  'continuation-token',
  'start-after',
  'encoding-type',
];

/** Operations by what they address, method and, for DeleteObjects, sub-resource. */
const ROUTES: Readonly<Record<string, Route>> = {
  'PUT bucket': { operation: createBucket, parameters: [] },
  'HEAD bucket': { operation: headBucket, parameters: [] },
  'GET bucket': { operation: listObjects, parameters: LIST_PARAMETERS },
  'POST bucket': { operation: deleteObjects, parameters: ['delete'] },
  'PUT object': { operation: putObject, parameters: [] },
  'GET object': { operation: (state, address, request) => getObject(state, address, request, true), parameters: [] },
  'HEAD object': { operation: (state, address, request) => getObject(state, address, request, false), parameters: [] },
  'DELETE object': { operation: deleteObject, parameters: [] },
};

/** Headers in the `x-amz-` space that are understood, or that only concern signing. */
const KNOWN_HEADERS =
  /^x-amz-(?:meta-.+|checksum-.+|content-sha256|date|security-token|user-agent|decoded-content-length|trailer|sdk-checksum-algorithm)$/;

/** Answers S3 requests for the buckets of a file. */
export function openS3(db: Database, clock: Clock): Answer {
  const state: S3State = { db, clock, objects: new ObjectTable(db) };
  return async (request) => {
    try {
      const address = addressOf(request);
      return await operationOf(address, request)(state, address, request);
    } catch (error) {
      if (error instanceof AwsFault) return restFault(request.method, error);
      throw error;
    }
  };
}

function operationOf(address: Address, request: WireRequest): Operation {
  const name = `${request.method} ${address.key === '' ? 'bucket' : 'object'}`;
  const route = Object.hasOwn(ROUTES, name) && address.bucket !== '' ? ROUTES[name] : undefined;
  const parameters = [...request.query.keys()].filter((parameter) => parameter !== 'x-id');
  if (route === undefined) throw notImplemented(`S3 ${[name, ...parameters].join(' ?')}`);
  const unknown = parameters.find((parameter) => !route.parameters.includes(parameter));
  if (unknown !== undefined) throw notImplemented(`the S3 sub-resource or parameter ${unknown} of ${name}`);
  if (request.method === 'POST' && parameters.length === 0) throw notImplemented(`S3 ${name} without sub-resource`);
  const header = Object.keys(request.headers).find((one) => one.startsWith('x-amz-') && !KNOWN_HEADERS.test(one));
  if (header !== undefined) throw notImplemented(`the S3 header ${header}`);
  return route.operation;
}

/** CreateBucket: a bucket that exists is ours, and answers as in us-east-1. */
function createBucket({ db, clock, objects }: S3State, { bucket }: Address): Promise<WireResponse> {
  if (!/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(bucket)) {
    throw new AwsFault('InvalidBucketName', 'The specified bucket is not valid.');
  }
  return db.write(() => {
    objects.createBucket(bucket, clock.nowMs());
    return restResponse(200, { location: `/${bucket}` });
  });
}

function headBucket({ db, objects }: S3State, { bucket }: Address): Promise<WireResponse> {
  return db.read(() => {
    objects.requireBucket(bucket);
    return restResponse(200, { 'x-amz-bucket-region': REGION });
  });
}
