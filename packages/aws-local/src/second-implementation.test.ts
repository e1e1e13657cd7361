import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { AWS_CONTRACT, type ContractCheck } from './testing/index.ts';
import { type SecondImplementation, secondImplementation } from './testing/second-implementation.ts';

/**
 * Where fauxqs 2.4.1 and dynalite 4.0.0 are known to differ from AWS, by check, with the reason.
 * A difference that ends must leave this list: its check then fails here.
 */
const KNOWN_DIFFERENCES: Readonly<Record<string, string>> = {
  'message attributes come only when asked for': 'fauxqs always returns them',
  'one bad entry of a batch fails alone': 'fauxqs accepts a DelaySeconds of 901',
  'one message ends one long poll and the others wait on': 'fauxqs wakes every poll, and all but one answer empty',
  'an aborted long poll swallows no message': 'fauxqs gives the next message to the poll that has gone',
  'a dead letter names its queue and can be moved back': 'fauxqs has no DeadLetterQueueSourceArn and no move task',
  'a redrive policy to a queue that does not exist is refused': 'fauxqs accepts it',
  'a receipt that is none and a name that is none are refused': 'fauxqs accepts both',
  'a filter policy that is none is refused': 'fauxqs accepts it',
  'a raw delivery of more than ten attributes is dropped': 'fauxqs delivers it',
  'a batch of more than 256 KiB is refused': 'fauxqs checks each message only',
  'MaximumMessageSize raises the limit': 'fauxqs has the fixed limit of 256 KiB',
  'If-None-Match * writes once': 'fauxqs overwrites',
  'of twenty racing creations one wins': 'fauxqs lets all twenty win',
  'If-Match writes over the object it means and no other': 'fauxqs overwrites',
  'CRC32C and CRC64NVME are kept and given back': 'fauxqs drops both',
  'a wrong checksum or MD5 is refused': 'fauxqs compares none',
  'an object of 12 MiB is one object': 'fauxqs takes at most 11 MiB in one request',
  'a listing comes in pages, in byte order': 'fauxqs sorts by locale and repeats keys between pages',
  'a delimiter folds keys, also across pages': 'fauxqs repeats common prefixes on the next page',
  'a failed condition gives back the item when asked': 'dynalite does not know ReturnValuesOnConditionCheckFailure',
  'list elements are removed by the indexes they had': 'dynalite removes one by one, shifting the indexes',
};

/** Neither implements CloudWatch. */
const checks = AWS_CONTRACT.filter(({ service }) => service !== 'cloudwatch' && service !== 'logs');

function isKnown({ name }: ContractCheck): boolean {
  return Object.hasOwn(KNOWN_DIFFERENCES, name);
}

describe.concurrent('fauxqs and dynalite', () => {
  let second: SecondImplementation;
  beforeAll(async () => {
    second = await secondImplementation();
  });
  afterAll(() => second.close());

  test.for(checks.filter((check) => !isKnown(check)))('pass "$service: $name"', async (check) => {
    await expect(check.run(second.clients)).resolves.toBe(undefined);
  });

  test.for(checks.filter(isKnown))('still differ in "$service: $name"', async (check) => {
    await expect(check.run(second.clients)).rejects.toBeInstanceOf(Error);
  });

  test('differ only in checks that exist', () => {
    const names = new Set(checks.map(({ name }) => name));
    expect(Object.keys(KNOWN_DIFFERENCES).filter((name) => !names.has(name))).toStrictEqual([]);
  });
});
