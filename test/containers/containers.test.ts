import { redisCache } from '@infrafabric/collect/cache';
import { testAnswerCache } from '@infrafabric/collect/testing';
import type { StartedTestContainer } from 'testcontainers';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { testAwsContractOn } from '../conformance/aws-contract-on.ts';
import { MOTO_DIFFERENCES } from '../conformance/moto-differences.ts';
import { testEvidenceOn, testStateOn } from '../conformance/stores-on.ts';
import { installation, type Installation } from '../walk/installation.ts';
import { onAws, reportOf, runCommand } from '../walk/command-run.ts';
import { NO_DOCKER } from './docker.ts';

/** Images as their makers publish them on Docker Hub, and the port each listens on. */
const IMAGES = {
  moto: ['motoserver/moto:5.2.5', 5000],
  dynamodb: ['amazon/dynamodb-local:3.0.0', 8000],
  redis: ['redis:8.2-alpine', 6379],
} as const;

type Name = keyof typeof IMAGES;

const running = new Map<Name, StartedTestContainer>();

async function start(name: Name): Promise<void> {
  const { GenericContainer, Wait } = await import('testcontainers');
  const [image, port] = IMAGES[name];
  const container = new GenericContainer(image).withExposedPorts(port).withWaitStrategy(Wait.forListeningPorts());
  running.set(name, await container.start());
}

function addressOf(name: Name, scheme: 'http' | 'redis'): string {
  const container = running.get(name);
  return `${scheme}://${container?.getHost()}:${container?.getMappedPort(IMAGES[name][1])}`;
}

describe.skipIf(NO_DOCKER !== '')(`in containers${NO_DOCKER}`, () => {
  let at: Installation;
  beforeAll(async () => {
    at = installation();
    await Promise.all([start('moto'), start('dynamodb'), start('redis')]);
  }, 300_000);
  afterAll(async () => {
    await Promise.all([...running.values()].map(async (container) => container.stop()));
    at.remove();
  });
  const moto = (): string => addressOf('moto', 'http');
  const dynamodb = (): string => addressOf('dynamodb', 'http');

  describe('moto', () => {
    testAwsContractOn(moto, MOTO_DIFFERENCES);
  });
  testEvidenceOn('S3 of moto', moto);
  testStateOn('DynamoDB of moto', moto);
  testStateOn('DynamoDB Local', dynamodb);
  let opened = 0;
  testAnswerCache('Redis', '', async () => redisCache(addressOf('redis', 'redis'), `test:${(opened += 1)}`));

  test('the whole demo on the queues and objects of one and the table of the other gives the bytes of the embedded AWS', async () => {
    const embedded = await runCommand(at, ['demo', '--out', at.out('embedded')], {});
    const split = { ...onAws(moto()), AWS_ENDPOINT_URL_DYNAMODB: dynamodb() };
    const aws = await runCommand(at, ['demo', '--out', at.out('aws')], split);

    expect([embedded.status, aws.status]).toStrictEqual([0, 0]);
    expect(reportOf(at.out('aws'))).toBe(reportOf(at.out('embedded')));
  });
});
