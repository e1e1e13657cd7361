import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const read = (name: string): string => readFileSync(join(import.meta.dirname, name), 'utf8');

test('every driver runs the contract', () => {
  const files = readdirSync(import.meta.dirname);
  const drivers = files.filter((name) => !name.endsWith('.test.ts') && read(name).includes('): BusDriver {'));
  const proven = drivers.filter((name) => read(name.replace(/\.ts$/, '.test.ts')).includes('testBusDriver('));

  expect(drivers).toStrictEqual(['bullmq.ts', 'memory.ts', 'sns-sqs.ts']);
  expect(proven).toStrictEqual(drivers);
});
