import { Readable } from 'node:stream';
import { expect, test } from 'vitest';
import { sdkJson } from './sdk-json.ts';

test('answers become JSON: dates, bytes and numbers in their text form, nothing of the transport', () => {
  const output = {
    $metadata: { httpStatusCode: 200 },
    at: new Date('2026-11-20T00:00:00Z'),
    bytes: new TextEncoder().encode('hi'),
    big: 12345678901234567890n,
    none: undefined,
    nan: Number.NaN,
    lazy: Object('{"as":"JSON in text"}'),
    list: [new Date(0), { deep: null }],
    stream: Readable.from(['x']),
  };
  expect(sdkJson(output)).toStrictEqual({
    at: '2026-11-20T00:00:00.000Z',
    bytes: 'aGk=',
    big: '12345678901234567890',
    nan: 'NaN',
    lazy: '{"as":"JSON in text"}',
    list: ['1970-01-01T00:00:00.000Z', { deep: null }],
    stream: null,
  });
});
