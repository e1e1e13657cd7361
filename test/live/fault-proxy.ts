import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A request as a fault sees it: the service and region it is signed for, and its number from 1. */
export interface Passing {
  readonly service: string;
  readonly region: string;
  readonly number: number;
}

/** The name of the AWS error a request gets instead of an answer; `undefined` lets it pass. */
export type Fault = (passing: Passing) => string | undefined;

/** A proxy between the SDK and an emulator that answers some requests with errors of AWS. */
export async function startFaultProxy(
  target: string,
  fault: Fault,
): Promise<{
  readonly url: string;
  readonly faults: () => number;
  /** Requests that were let pass. */
  readonly passed: () => number;
  readonly stop: () => void;
}> {
  let [number, faults] = [0, 0];
  const server = createServer((incoming, outgoing) => {
    const scope = /Credential=[^/]+\/[0-9]+\/([^/]+)\/([^/]+)\//.exec(incoming.headers.authorization ?? '');
    const [, region = '', service = ''] = scope ?? [];
    number += 1;
    const code = fault({ service, region, number });
    if (code === undefined) return pass(target, incoming, outgoing);
    faults += 1;
    incoming.resume();
    return answerError(outgoing, service, code);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    faults: () => faults,
    passed: () => number - faults,
    stop: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

function pass(target: string, incoming: IncomingMessage, outgoing: ServerResponse): void {
  const { method, headers, url } = incoming;
  const forwarded = request(
    new URL(url ?? '/', target),
    { ...(method === undefined ? {} : { method }), headers },
    (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(outgoing);
    },
  );
  forwarded.on('error', () => outgoing.destroy());
  incoming.pipe(forwarded);
}

/** An error in the words of the service's protocol: XML for the old ones, JSON and a header for the others. */
function answerError(outgoing: ServerResponse, service: string, code: string): void {
  const status = STATUS[code] ?? 400;
  const error = `<Error><Code>${code}</Code><Message>as planned</Message></Error>`;
  const body = XML[service]?.(error) ?? JSON.stringify({ __type: code, message: 'as planned' });
  const type = service in XML ? 'text/xml' : 'application/x-amz-json-1.1';
  outgoing.writeHead(status, { 'content-type': type, 'x-amzn-errortype': code, 'x-amzn-requestid': 'planned' });
  outgoing.end(body);
}

const STATUS: Readonly<Record<string, number>> = { AccessDenied: 403, ExpiredToken: 403, Throttling: 400 };
const inResponse = (error: string): string => `<ErrorResponse>${error}<RequestId>planned</RequestId></ErrorResponse>`;
const XML: Readonly<Record<string, (error: string) => string>> = {
  autoscaling: inResponse,
  ec2: (error) => `<Response><Errors>${error}</Errors><RequestID>planned</RequestID></Response>`,
  elasticache: inResponse,
  elasticloadbalancing: inResponse,
  rds: inResponse,
  redshift: inResponse,
  route53: inResponse,
  s3: (error) => error,
  sts: inResponse,
};
