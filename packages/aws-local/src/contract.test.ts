import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type AwsLocal, openAwsLocal } from './aws-local.ts';
import { AWS_CONTRACT, type ContractClients, contractClients } from './testing/index.ts';

const directory = mkdtempSync(join(tmpdir(), 'aws-local-contract-'));
afterAll(() => rmSync(directory, { recursive: true }));

describe.concurrent('through the in-process request handler', () => {
  let aws: AwsLocal;
  let clients: ContractClients;
  beforeAll(() => {
    aws = openAwsLocal({ file: join(directory, 'direct.db') });
    clients = contractClients({ requestHandler: aws.requestHandler() });
  });
  afterAll(() => aws.close());

  test.for(AWS_CONTRACT)('$service: $name', async (check) => {
    await expect(check.run(clients)).resolves.toBe(undefined);
  });
});

describe.concurrent('through the loopback port', () => {
  let aws: AwsLocal;
  let clients: ContractClients;
  beforeAll(async () => {
    aws = openAwsLocal({ file: join(directory, 'loopback.db') });
    const { port } = await aws.listen({ accessKeyId: 'AKIATEST' });
    clients = contractClients({ endpoint: `http://127.0.0.1:${port}`, accessKeyId: 'AKIATEST' });
  });
  afterAll(() => aws.close());

  test.for(AWS_CONTRACT)('$service: $name', async (check) => {
    await expect(check.run(clients)).resolves.toBe(undefined);
  });
});
