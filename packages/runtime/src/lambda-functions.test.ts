import { WORKER_ROLES } from '@infrafabric/protocol';
import { expect, test } from 'vitest';
import { hiddenSeconds, LAMBDA_FUNCTIONS, type LambdaFunction } from './lambda-functions.ts';

const named = (name: string): LambdaFunction => {
  const found = LAMBDA_FUNCTIONS.find((one) => one.name === name);
  if (found === undefined) throw new Error(`expected a function ${name}`);
  return found;
};

test('every role has one function, which takes the messages of its queue', () => {
  const roles = LAMBDA_FUNCTIONS.flatMap(({ trigger }) => (trigger.kind === 'queue' ? [trigger.role] : []));

  expect(roles.toSorted()).toStrictEqual(['coordinator', ...WORKER_ROLES].toSorted());
  expect(new Set(LAMBDA_FUNCTIONS.map(({ name }) => name)).size).toBe(LAMBDA_FUNCTIONS.length);
});

test('what the internet reaches holds no key, and no function may delete, administer or use a wildcard', () => {
  expect(named('api').role).toBeUndefined();
  expect(named('api').environment).not.toContain('AGENT_KEY_SECRET');
  const actions = LAMBDA_FUNCTIONS.flatMap(({ grants }) => grants.flatMap((grant) => grant.actions));

  expect(actions.filter((action) => /\*|^iam:|^sts:|^s3:Delete|^dynamodb:Delete/.test(action))).toStrictEqual([]);
});

test('a worker reads only its own queue and writes no evidence, but for the collector', () => {
  const writers = LAMBDA_FUNCTIONS.filter(({ grants }) =>
    grants.some(({ resource, actions }) => resource === 'bucket/evidence/*' && actions.includes('s3:PutObject')),
  );

  expect(writers.map(({ name }) => name)).toStrictEqual(['start', 'api', 'collector']);
});

test('a message in hand stays hidden for six timeouts', () => {
  expect(hiddenSeconds(named('pricing'))).toBe(1_800);
});
