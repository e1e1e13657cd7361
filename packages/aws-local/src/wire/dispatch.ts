import { isDiskFull } from '../engine/disk-full.ts';
import { AwsFault } from '../engine/fault.ts';
import { AwsLocalError } from '../errors.ts';
import { jsonFault } from './json.ts';
import { type Answer, type WireRequest, type WireResponse } from './message.ts';
import { queryFault } from './query.ts';
import { restFault } from './rest.ts';

/** The three wire protocols, each with what answers it. */
export interface Protocols {
  readonly json: Answer;
  readonly query: Answer;
  readonly rest: Answer;
}

type Protocol = keyof Protocols;

/** Sends each request to its protocol: a target header is JSON, a posted form is query, the rest is S3. */
export function dispatcher(protocols: Protocols): Answer {
  return async (request) => {
    const protocol = protocolOf(request);
    try {
      return await protocols[protocol](request);
    } catch (error) {
      if (error instanceof AwsLocalError) throw error;
      const reason = error instanceof Error ? error.message : String(error);
      const fault = isDiskFull(error)
        ? new AwsFault('InsufficientStorage', reason, 507)
        : new AwsFault('InternalFailure', reason, 500);
      return faultFor(request, fault);
    }
  };
}

/** A fault in the shape of the protocol the request speaks. */
export function faultFor(request: Pick<WireRequest, 'method' | 'headers'>, fault: AwsFault): WireResponse {
  const protocol = protocolOf(request);
  if (protocol === 'json') return jsonFault(fault);
  if (protocol === 'query') return queryFault(fault);
  return restFault(request.method, fault);
}

function protocolOf(request: Pick<WireRequest, 'method' | 'headers'>): Protocol {
  if (request.headers['x-amz-target'] !== undefined) return 'json';
  const form = request.headers['content-type']?.startsWith('application/x-www-form-urlencoded') ?? false;
  return request.method === 'POST' && form ? 'query' : 'rest';
}
