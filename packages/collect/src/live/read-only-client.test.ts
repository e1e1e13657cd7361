import { describe, expect, test } from 'vitest';
import { CollectError } from '../errors.ts';
import { COLLECTORS } from './collectors/index.ts';
import { OWN_READS } from './own-reads.ts';
import { isReadName } from './read-name.ts';
import { guardClient, ReadOnlyClients } from './read-only-client.ts';

const CATALOGUE = new Set([...COLLECTORS, ...OWN_READS].map((one) => one.id));
const CLIENTS = [...new Set([...COLLECTORS, ...OWN_READS].map((one) => one.client))].sort();

/** Sends every command of a package through a guarded client; returns the operations that were refused and those that went on. */
async function tryAll(client: string): Promise<{ refused: string[]; passed: string[]; sent: number }> {
  const sdk: Record<string, unknown> = await import(`@aws-sdk/client-${client}`);
  const { Client } = await [...COLLECTORS, ...OWN_READS].find((one) => one.client === client)!.load();
  let sent = 0;
  const handle = async (): Promise<never> => {
    sent += 1;
    throw new Error('sent');
  };
  const credentials = { accessKeyId: 'a', secretAccessKey: 'b' };
  const settings = { region: 'us-east-1', maxAttempts: 1, credentials, requestHandler: { handle } };
  const guarded = new Client(settings);
  guardClient(guarded, client, CATALOGUE);
  const outcome = { refused: [] as string[], passed: [] as string[] };
  for (const [name, Command] of Object.entries(sdk)) {
    if (!/^[A-Z].*Command$/.test(name) || typeof Command !== 'function') continue;
    const command: object = Reflect.construct(Command, [{}]);
    const error: unknown = await guarded.send(command).catch((reason: unknown) => reason);
    const isRefused = error instanceof CollectError && error.code === 'AWS_OPERATION_FORBIDDEN';
    outcome[isRefused ? 'refused' : 'passed'].push(`${client}.${name.replace(/Command$/, '')}`);
  }
  return { ...outcome, sent };
}

describe('read-only clients', () => {
  test('every command of every used package that is not in the catalogue is refused before anything is sent', async () => {
    let refused = 0;
    for (const client of CLIENTS) {
      const tried = await tryAll(client);
      expect(tried.passed.sort()).toStrictEqual([...CATALOGUE].filter((id) => id.startsWith(`${client}.`)).sort());
      expect(tried.sent).toBeLessThanOrEqual(tried.passed.length);
      refused += tried.refused.length;
    }
    expect(refused).toBeGreaterThan(3000);
  }, 60_000);

  test.each([
    ['ec2.DescribeVolumes', true],
    ['s3.ListBuckets', true],
    ['sts.AssumeRole', false],
    ['ec2.TerminateInstances', false],
    ['s3.PutObject', false],
    ['ec2.describeVolumes', false],
    ['secrets-manager.GetSecretValue', false],
    ['ssm.GetParametersByPath', false],
    ['sts.GetSessionToken', false],
    ['s3.GetObject', false],
    ['lambda.GetFunction', false],
    ['ec2.DescribeInstanceAttribute', false],
    ['ecr.GetAuthorizationToken', false],
    ['ec2.GetPasswordData', false],
    ['kms.GetPublicKey', false],
    ['redshift.GetClusterCredentials', false],
  ])('%s is a read by its name: %s', (id, expected) => {
    expect(isReadName(id)).toBe(expected);
  });

  test('a catalogue with a write in it is refused as a whole', () => {
    expect(() => new ReadOnlyClients(['ec2.DescribeVolumes', 'ec2.DeleteVolume'], {})).toThrow(
      expect.objectContaining({ code: 'AWS_OPERATION_FORBIDDEN', where: 'ec2.DeleteVolume' }),
    );
  });
});

test('collectors of the catalogue have one id each and follow only collectors of their own scope', () => {
  const scopes = new Map(COLLECTORS.map((one) => [one.id, JSON.stringify(one.scope)]));
  expect(scopes.size).toBe(COLLECTORS.length);
  const astray = COLLECTORS.flatMap((one) => one.after.filter((id) => scopes.get(id) !== JSON.stringify(one.scope)));
  expect(astray).toStrictEqual([]);
});
