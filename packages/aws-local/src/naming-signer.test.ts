import { DynamoDBClient, ListTablesCommand } from '@aws-sdk/client-dynamodb';
import { expect, test } from 'vitest';
import { openAwsLocal } from './aws-local.ts';
import { refusal } from './gate.ts';
import { nameInsteadOfSigning, namingSigner } from './naming-signer.ts';

test('the gate admits what it signed, and nobody under another access key id', async () => {
  const { headers } = await namingSigner('AKIATEST').sign({ headers: { host: '127.0.0.1:80' } });

  expect(refusal(headers, 'AKIATEST')).toBeUndefined();
  expect(refusal(headers, 'AKIAOTHER')?.message).toBe('The security token included in the request is invalid.');
});

test('a client that names its caller is admitted by the port, and not under another access key id', async () => {
  const aws = openAwsLocal({ file: ':memory:' });
  const gate = await aws.listen({ accessKeyId: 'AKIATEST' });
  const tablesOf = (accessKeyId: string) => {
    const client = new DynamoDBClient({
      region: 'us-east-1',
      endpoint: `http://127.0.0.1:${gate.port}`,
      credentials: { accessKeyId: 'unused', secretAccessKey: 'unused' },
    });
    nameInsteadOfSigning(accessKeyId, client);
    return client.send(new ListTablesCommand()).finally(() => client.destroy());
  };

  expect((await tablesOf('AKIATEST')).TableNames).toStrictEqual([]);
  await expect(tablesOf('AKIAOTHER')).rejects.toMatchObject({ name: 'InvalidClientTokenId' });
  await gate.close();
  await aws.close();
});
