import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { PolicyStatement } from '@infrafabric/runtime/function-policy';

/** One call of a function as IAM sees it. */
export interface Called {
  readonly action: string;
  readonly resource: string;
  /** The partition key of the item, for the table. */
  readonly leadingKey?: string;
}

/** Stands between a function and AWS, and lets through what its policy allows. */
export interface PolicyGuard {
  readonly url: string;
  readonly allowed: readonly Called[];
  readonly denied: readonly Called[];
  readonly close: () => Promise<void>;
}

/** Where calls go that are allowed. */
export interface Upstream {
  readonly aws: URL;
  readonly secrets: URL;
}

/** Opens a guard on loopback. What is not allowed is answered as AWS answers it, and goes no further. */
export async function guardOf(policy: readonly PolicyStatement[], upstream: Upstream): Promise<PolicyGuard> {
  const allowed: Called[] = [];
  const denied: Called[] = [];
  const decide = async (incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> => {
    const body = await bytesOf(incoming);
    const called = calledBy(incoming, body.toString('utf8'));
    if (isAllowed(policy, called)) {
      allowed.push(called);
      forward(incoming, body, called.action.startsWith('secretsmanager:') ? upstream.secrets : upstream.aws, outgoing);
      return;
    }
    denied.push(called);
    outgoing.writeHead(403, { 'content-type': 'application/x-amz-json-1.0' });
    outgoing.end(JSON.stringify({ __type: 'AccessDeniedException', message: `not allowed: ${called.action}` }));
  };
  const server = createServer((incoming, outgoing) => void decide(incoming, outgoing));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    allowed,
    denied,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function forward({ method, url, headers }: IncomingMessage, body: Buffer, to: URL, outgoing: ServerResponse): void {
  const sent = request(
    { host: to.hostname, port: to.port, method, path: url, headers: { ...headers, host: to.host } },
    (answer) => {
      outgoing.writeHead(answer.statusCode ?? 500, answer.headers);
      answer.pipe(outgoing);
    },
  );
  sent.on('error', () => outgoing.destroy());
  sent.end(body);
}

/** Whether a statement allows the call; nothing is allowed unless one does (IAM guide, Policy evaluation logic, 2026-11). */
export function isAllowed(policy: readonly PolicyStatement[], { action, resource, leadingKey }: Called): boolean {
  return policy.some(
    ({ Action, Resource, Condition }) =>
      Action.includes(action) &&
      matches(Resource, resource) &&
      (Condition?.['ForAllValues:StringLike']?.['dynamodb:LeadingKeys'] ?? ['*']).some((pattern) =>
        matches(pattern, leadingKey ?? ''),
      ),
  );
}

/** One `*` stands for any characters; everything else for itself. */
function matches(pattern: string, value: string): boolean {
  const [head = '', tail] = pattern.split('*');
  return tail === undefined ? value === head : value.startsWith(head) && value.endsWith(tail);
}

const PLACE = 'us-east-1:000000000000';

function calledBy({ method = 'GET', url = '/', headers }: IncomingMessage, body: string): Called {
  const [service = '', operation = ''] = String(headers['x-amz-target'] ?? '').split('.');
  if (service !== '') return byTarget(service, operation, JSON.parse(body) as TargetInput);
  const form = new URLSearchParams(body);
  const action = form.get('Action');
  if (action !== null) return { action: `sns:${single(action)}`, resource: form.get('TopicArn') ?? '' };
  return onBucket(method, new URL(url, 'http://s3'));
}

interface TargetInput extends TableInput {
  readonly QueueUrl?: string;
  readonly SecretId?: string;
}

function byTarget(service: string, operation: string, input: TargetInput): Called {
  if (service.startsWith('DynamoDB')) return onTable(operation, input);
  if (service === 'AmazonSQS') {
    const name = input.QueueUrl?.split('/').at(-1) ?? '';
    return { action: `sqs:${single(operation)}`, resource: `arn:aws:sqs:${PLACE}:${name}` };
  }
  return { action: `${service}:${operation}`, resource: input.SecretId ?? '' };
}

/** A batch call needs the permission of the single one (Service Authorization Reference, SNS and SQS, 2026-11). */
const single = (operation: string): string => operation.replace(/Batch$/, '');

interface TableInput {
  readonly TableName?: string;
  readonly Key?: { readonly pk: { readonly S: string } };
  readonly Item?: { readonly pk: { readonly S: string } };
  readonly ExpressionAttributeValues?: Readonly<Record<string, { readonly S?: string }>>;
}

function onTable(operation: string, { TableName = '', Key, Item, ExpressionAttributeValues }: TableInput): Called {
  const leadingKey = (Key ?? Item)?.pk.S ?? ExpressionAttributeValues?.[':pk']?.S ?? '';
  return { action: `dynamodb:${operation}`, resource: `arn:aws:dynamodb:${PLACE}:table/${TableName}`, leadingKey };
}

function onBucket(method: string, { pathname, searchParams }: URL): Called {
  const path = decodeURIComponent(pathname).slice(1);
  const key = path.split('/').slice(1).join('/');
  if (key === '')
    return {
      action: searchParams.has('list-type') ? 's3:ListBucket' : `s3:${method}`,
      resource: `arn:aws:s3:::${path}`,
    };
  const verbs: Readonly<Record<string, string>> = { GET: 'GetObject', HEAD: 'GetObject', PUT: 'PutObject' };
  return { action: `s3:${verbs[method] ?? method}`, resource: `arn:aws:s3:::${path}` };
}

async function bytesOf(incoming: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
