import { expect, test } from 'vitest';
import { isBootAlive, thisBootId } from './boot.ts';

const [, machine, pid, start] = thisBootId.split('-');

test('this process is alive', () => {
  expect(isBootAlive(thisBootId)).toBe(true);
});

test('a pid that started at another time is not alive', { skip: start === '0' }, () => {
  expect(isBootAlive(`b-${machine}-${pid}-1-aaaaaaaaaaaa`)).toBe(false);
});

test('a pid that nobody has is not alive', () => {
  expect(isBootAlive(`b-${machine}-4194304999-1-aaaaaaaaaaaa`)).toBe(false);
});

test('nobody here knows about a process of another machine', () => {
  expect(isBootAlive(`b-00000000-${pid}-${start}-aaaaaaaaaaaa`)).toBe(undefined);
});

test('a name that is no boot id is not known', () => {
  expect(isBootAlive('b-1-2-3')).toBe(undefined);
});
