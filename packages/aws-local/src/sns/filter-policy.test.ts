import { expect, test } from 'vitest';
import { AwsFault } from '../engine/fault.ts';
import { parseFilterPolicy, passesFilter } from './filter-policy.ts';

const S = (StringValue: string) => ({ DataType: 'String', StringValue });
const N = (StringValue: string) => ({ DataType: 'Number', StringValue });
const A = (values: unknown[]) => ({ DataType: 'String.Array', StringValue: JSON.stringify(values) });

/** Expected verdicts follow the examples of the SNS developer guide, subscription filter policies (2026-11). */
test.for([
  ['exact', { k: ['a', 'b'] }, { k: S('b') }, true],
  ['exact, other value', { k: ['a', 'b'] }, { k: S('c') }, false],
  ['exact, absent', { k: ['a'] }, {}, false],
  ['exact is case-sensitive', { k: ['a'] }, { k: S('A') }, false],
  ['every attribute must match', { k: ['a'], l: ['b'] }, { k: S('a'), l: S('c') }, false],
  ['a number is not a string', { k: [1] }, { k: S('1') }, false],
  ['a number by value', { k: [1] }, { k: N('1.0') }, true],
  ['one of an array', { k: ['y'] }, { k: A(['x', 'y']) }, true],
  ['none of an array', { k: ['z'] }, { k: A(['x', 'y']) }, false],
  ['null in an array', { k: [null] }, { k: A([null]) }, true],
  ['an array that is no JSON', { k: ['x'] }, { k: { DataType: 'String.Array', StringValue: '[' } }, false],
  ['prefix', { k: [{ prefix: 'pri' }] }, { k: S('pricing') }, true],
  ['prefix, other start', { k: [{ prefix: 'pri' }] }, { k: S('a pri') }, false],
  ['anything-but', { k: [{ 'anything-but': ['a', 'b'] }] }, { k: S('c') }, true],
  ['anything-but, excluded', { k: [{ 'anything-but': ['a', 'b'] }] }, { k: S('a') }, false],
  ['anything-but one', { k: [{ 'anything-but': 'a' }] }, { k: S('a') }, false],
  ['anything-but a number', { k: [{ 'anything-but': [7] }] }, { k: N('7') }, false],
  ['anything-but needs the attribute', { k: [{ 'anything-but': ['a'] }] }, {}, false],
  ['anything-but, one of an array excluded', { k: [{ 'anything-but': ['a'] }] }, { k: A(['a', 'b']) }, false],
  ['anything-but prefix', { k: [{ 'anything-but': { prefix: 'ab' } }] }, { k: S('abz') }, false],
  ['anything-but prefix, other start', { k: [{ 'anything-but': { prefix: 'ab' } }] }, { k: S('az') }, true],
  ['exists', { k: [{ exists: true }] }, { k: S('x') }, true],
  ['exists, absent', { k: [{ exists: true }] }, {}, false],
  ['exists not', { k: [{ exists: false }] }, { l: S('x') }, true],
  ['exists not, present', { k: [{ exists: false }] }, { k: S('x') }, false],
  ['a value or absent', { k: ['a', { exists: false }] }, { l: S('x') }, true],
  ['numeric =', { k: [{ numeric: ['=', 5] }] }, { k: N('5e0') }, true],
  ['numeric range, lower bound out', { k: [{ numeric: ['>', 0, '<=', 5] }] }, { k: N('0') }, false],
  ['numeric range, upper bound in', { k: [{ numeric: ['>', 0, '<=', 5] }] }, { k: N('5') }, true],
  ['numeric range, above', { k: [{ numeric: ['>', 0, '<=', 5] }] }, { k: N('5.001') }, false],
  ['numeric of a string', { k: [{ numeric: ['=', 5] }] }, { k: S('5') }, false],
] as const)('%s', ([, policy, attributes, passes]) => {
  expect(passesFilter(parseFilterPolicy(JSON.stringify(policy)), attributes)).toBe(passes);
});

test.for([
  ['no JSON', '{', 'InvalidParameter'],
  ['no object', '[]', 'InvalidParameter'],
  ['nothing', '{}', 'InvalidParameter'],
  ['six attributes', '{"a":[1],"b":[1],"c":[1],"d":[1],"e":[1],"f":[1]}', 'InvalidParameter'],
  ['a bare value', '{"k":"a"}', 'InvalidParameter'],
  ['an empty array', '{"k":[]}', 'InvalidParameter'],
  ['an operator nobody knows', '{"k":[{"begins":"a"}]}', 'InvalidParameter'],
  ['two operators in one', '{"k":[{"prefix":"a","exists":true}]}', 'InvalidParameter'],
  ['exists of a string', '{"k":[{"exists":"true"}]}', 'InvalidParameter'],
  ['numeric without a number', '{"k":[{"numeric":[">","1"]}]}', 'InvalidParameter'],
  ['numeric with three parts', '{"k":[{"numeric":[">",1,"<"]}]}', 'InvalidParameter'],
  ['anything-but nothing', '{"k":[{"anything-but":[]}]}', 'InvalidParameter'],
  ['$or', '{"$or":[{"k":["a"]}]}', 'NotImplemented'],
  ['suffix', '{"k":[{"suffix":"a"}]}', 'NotImplemented'],
  ['cidr', '{"k":[{"cidr":"10.0.0.0/8"}]}', 'NotImplemented'],
] as const)('a policy with %s is refused', ([, policy, code]) => {
  expect(() => parseFilterPolicy(policy)).toThrow(expect.objectContaining({ code, constructor: AwsFault }));
});
