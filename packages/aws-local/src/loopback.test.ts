import { request } from 'node:http';
import { ListQueuesCommand, ReceiveMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type AwsLocal, openAwsLocal } from './aws-local.ts';
import type { Loopback } from './loopback.ts';
import { contractClients } from './testing/clients.ts';
import { queue } from './testing/messaging.ts';

const KEY = 'AKIAINSTALLATION';
const SIGNED = `AWS4-HMAC-SHA256 Credential=${KEY}/20261120/us-east-1/sqs/aws4_request, SignedHeaders=host, Signature=00`;

let aws: AwsLocal;
let loopback: Loopback;
beforeAll(async () => {
  aws = openAwsLocal({ file: ':memory:' });
  loopback = await aws.listen({ accessKeyId: KEY });
});
afterAll(() => aws.close());

test.for([
  ['the key, our host, no origin', { authorization: SIGNED }, 200],
  ['the name localhost', { authorization: SIGNED, host: 'localhost:1' }, 200],
  ['no credential', {}, 403],
  ['another credential', { authorization: SIGNED.replace(KEY, 'AKIAOTHERINSTALL') }, 403],
  ['the key as part of a longer one', { authorization: SIGNED.replace(KEY, `${KEY}X`) }, 403],
  ['a host name that was bound to our address', { authorization: SIGNED, host: 'rebound.example' }, 403],
  ['the page of a browser', { authorization: SIGNED, origin: 'http://127.0.0.1' }, 403],
  ['the null origin', { authorization: SIGNED, origin: 'null' }, 403],
] as const)('a request with %s is answered with its status', async ([, headers, status]) => {
  expect(await statusOf({ 'x-amz-target': 'AmazonSQS.ListQueues', ...headers })).toBe(status);
});

test('a client with another key hears it in the shape of its protocol', async () => {
  const clients = contractClients({ endpoint: `http://127.0.0.1:${loopback.port}`, accessKeyId: 'AKIAOTHER' });
  await expect(clients.sqs.send(new ListQueuesCommand({}))).rejects.toMatchObject({
    name: 'InvalidClientTokenId',
    $metadata: { httpStatusCode: 403 },
  });
});

test('the caller is the one account there is', async () => {
  const answer = await fetch(`http://127.0.0.1:${loopback.port}/`, {
    method: 'POST',
    headers: { authorization: SIGNED, 'content-type': 'application/x-www-form-urlencoded' },
    body: 'Action=GetCallerIdentity&Version=2011-06-15',
  });
  expect(await answer.text()).toContain('<Account>000000000000</Account>');
});

test('a queue URL names the port it was asked through', async () => {
  const clients = contractClients({ endpoint: `http://127.0.0.1:${loopback.port}`, accessKeyId: KEY });
  const { url } = await queue(clients);
  expect(url.startsWith(`http://127.0.0.1:${loopback.port}/000000000000/`)).toBe(true);
});

test('a port that is taken is refused by code', async () => {
  await expect(aws.listen({ port: loopback.port, accessKeyId: KEY })).rejects.toMatchObject({
    code: 'PORT_UNAVAILABLE',
  });
});

test('closing answers a waiting long poll with nothing', async () => {
  const closing = openAwsLocal({ file: ':memory:' });
  const { port } = await closing.listen({ accessKeyId: KEY });
  const socket = contractClients({ endpoint: `http://127.0.0.1:${port}`, accessKeyId: KEY });
  const direct = contractClients({ requestHandler: closing.requestHandler() });
  const { url } = await queue(socket);
  const wait = ({ sqs }: { sqs: SQSClient }) =>
    sqs.send(new ReceiveMessageCommand({ QueueUrl: url, WaitTimeSeconds: 20 }));
  const polls = [wait(socket), wait(direct)];
  for (const _ of [1, 2, 3]) await socket.sqs.send(new ListQueuesCommand({}));
  await closing.close();
  expect((await Promise.all(polls)).map((answer) => answer.Messages)).toStrictEqual([undefined, undefined]);
  await expect(wait(direct)).rejects.toMatchObject({ code: 'CLOSED' });
});

function statusOf(headers: Record<string, string>): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const sent = request({ host: '127.0.0.1', port: loopback.port, method: 'POST', path: '/', headers }, (response) => {
      response.resume();
      resolve(response.statusCode);
    });
    sent.once('error', reject);
    sent.end('{}');
  });
}
