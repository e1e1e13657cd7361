import { expect, test } from 'vitest';
import { exclusionsOf } from '../controls.ts';
import { readConfig } from './config.ts';
import { quotedList } from './setting.ts';

test.each([
  ['env=dev', ['env=dev']],
  ['env=dev, team=a|b', ['env=dev', 'team=a|b']],
  ['team="a,b"', ['team=a,b']],
  ['team="a,b",env=dev,!owner', ['team=a,b', 'env=dev', '!owner']],
  ['"team=a,b&env=dev"', ['team=a,b&env=dev']],
  ['"size=3"" disk"', ['size=3" disk']],
  [',,', undefined],
  ['""', undefined],
  ['team="a,b', undefined],
  ['team="a"",b', undefined],
])('%s is the list %j', (text, items) => {
  const read = quotedList(text);
  expect('value' in read ? read.value : undefined).toStrictEqual(items);
});

test('--exclude takes a value with a comma in quotes', () => {
  const flags = { home: '/nowhere', exclude: 'team="a,b",env=dev' };
  expect(exclusionsOf(readConfig({ flags, environment: {} }))).toStrictEqual({ exclude: ['env=dev', 'team=a,b'] });
});
