import { randomUUID } from 'node:crypto';
import { gunzipSync } from 'node:zlib';
import { AwsFault } from '../engine/fault.ts';
import type { JsonActions } from './action.ts';
import type { Answer, WireRequest, WireResponse } from './message.ts';

/** A service of the AWS JSON protocols, chosen by the first half of `X-Amz-Target`. */
export interface JsonService {
  readonly actions: JsonActions;
  readonly version: '1.0' | '1.1';
  /** What stands before the error name in `__type`. */
  readonly namespace: string;
  /** The error name for an operation the service does not have. */
  readonly unknownOperation: string;
  /** The query-protocol name of an error, for services that once spoke it (SQS). */
  readonly queryError?: (code: string) => string;
}

/** An output that is JSON already: what is stored as text is answered as it stands. */
export class JsonText {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

/** A gzip request body may not grow beyond this. */
const MAX_INFLATED_BYTES = 16 * 1024 * 1024;

const UNKNOWN_SERVICE: JsonService = {
  actions: {},
  version: '1.0',
  namespace: '',
  unknownOperation: 'UnknownOperationException',
};

/** Answers AWS JSON 1.0 and 1.1 requests for the services given by target prefix. */
export function jsonProtocol(services: Readonly<Record<string, JsonService>>): Answer {
  return async (request) => {
    const [prefix = '', operation = ''] = (request.headers['x-amz-target'] ?? '').split('.');
    const service = Object.hasOwn(services, prefix) ? (services[prefix] ?? UNKNOWN_SERVICE) : UNKNOWN_SERVICE;
    try {
      const action = Object.hasOwn(service.actions, operation) ? service.actions[operation] : undefined;
      if (action === undefined) {
        throw new AwsFault(service.unknownOperation, `aws-local does not emulate ${prefix}.${operation}`);
      }
      const output = await action.run(inputOf(request), request);
      return jsonResponse(200, service, output);
    } catch (error) {
      if (error instanceof AwsFault) return faultResponse(service, error);
      throw error;
    }
  };
}

/** A fault in the shape of a JSON service that is not known, as the loopback gate needs it. */
export function jsonFault(fault: AwsFault): WireResponse {
  return faultResponse(UNKNOWN_SERVICE, fault);
}

function inputOf(request: WireRequest): unknown {
  const body =
    request.headers['content-encoding'] === 'gzip'
      ? gunzipSync(request.body, { maxOutputLength: MAX_INFLATED_BYTES })
      : request.body;
  try {
    return body.length === 0 ? {} : (JSON.parse(body.toString('utf8')) as unknown);
  } catch (cause) {
    throw new AwsFault('SerializationException', `expected a JSON body: ${String(cause)}`);
  }
}

function faultResponse(service: JsonService, fault: AwsFault): WireResponse {
  const body = { __type: service.namespace + fault.code, message: fault.message, ...fault.members };
  const query = service.queryError;
  const headers = query === undefined ? {} : { 'x-amzn-query-error': `${query(fault.code)};Sender` };
  return jsonResponse(fault.status, service, body, headers);
}

function jsonResponse(
  status: number,
  service: JsonService,
  output: object,
  headers: Readonly<Record<string, string>> = {},
): WireResponse {
  return {
    status,
    headers: {
      'content-type': `application/x-amz-json-${service.version}`,
      'x-amzn-requestid': randomUUID(),
      ...headers,
    },
    body: Buffer.from(output instanceof JsonText ? output.text : JSON.stringify(output)),
  };
}
