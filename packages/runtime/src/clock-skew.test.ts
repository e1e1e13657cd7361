import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ListTopicsCommand, SNSClient } from '@aws-sdk/client-sns';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { refuseSkewedClock } from './clock-skew.ts';

const NOW_MS = Date.UTC(2026, 10, 20, 12);
const EMPTY = '<ListTopicsResponse><ListTopicsResult><Topics/></ListTopicsResult></ListTopicsResponse>';

let answers: { readonly status: number; readonly date: string | undefined }[];
let asked: number;
const server = createServer((_request, response) => {
  const { status, date } = answers[asked] ?? { status: 200, date: undefined };
  asked += 1;
  response.sendDate = false;
  response.writeHead(status, { 'content-type': 'text/xml', ...(date === undefined ? {} : { date }) });
  response.end(status === 200 ? EMPTY : '<ErrorResponse><Error><Code>InvalidParameter</Code></Error></ErrorResponse>');
});

let client: SNSClient;
beforeEach(async () => {
  asked = 0;
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a server on TCP has a port
  const { port } = server.address() as AddressInfo;
  const credentials = { accessKeyId: 'a', secretAccessKey: 'b' };
  client = new SNSClient({ region: 'us-east-1', endpoint: `http://127.0.0.1:${port}`, credentials, maxAttempts: 5 });
  refuseSkewedClock(client, { nowMs: () => NOW_MS, sleep: async () => undefined });
});
afterEach(async () => {
  client.destroy();
  await new Promise((resolve) => {
    server.close(resolve);
  });
});

const list = async () => client.send(new ListTopicsCommand({}));
const at = (offMs: number, status = 200) => ({ status, date: new Date(NOW_MS + offMs).toUTCString() });

test.each([
  ['31 s ahead', -31_000, 'got one 31 s ahead'],
  ['31 s behind', 31_000, 'got one 31 s behind'],
])('a clock %s of that of AWS is refused at the first answer, once', async (_what, offMs, said) => {
  answers = [at(offMs), at(offMs)];

  await expect(list()).rejects.toMatchObject({
    code: 'CLOCK_SKEW',
    kind: 'environment',
    message: expect.stringContaining(said),
  });
  expect(asked).toBe(1);
});

test('a refusal of AWS tells the time as well', async () => {
  answers = [at(-31_000, 400)];

  await expect(list()).rejects.toMatchObject({ code: 'CLOCK_SKEW' });
});

test.each([
  ['30 s off', [at(30_000)]],
  ['an answer without a date', [{ status: 200, date: undefined }]],
  ['only the first answer counts', [at(0), at(90_000)]],
])('works with %s', async (_what, given) => {
  answers = given;
  await list();

  await expect(list()).resolves.toMatchObject({ Topics: [] });
});
