import { expect, test } from 'vitest';
import type { AttributeValue, Item } from '../attribute-value.ts';
import { applyUpdate } from './apply-update.ts';
import { Bindings } from './bindings.ts';
import { projection as projectionOn } from './document.ts';
import { holds } from './evaluate.ts';
import { conditionOf, projectionOf, updateOf } from './parse.ts';

const ITEM: Item = {
  s: { S: 'pricing' },
  n: { N: '5' },
  b: { B: Buffer.from('bytes').toString('base64') },
  t: { BOOL: true },
  l: { L: [{ S: 'a' }, { N: '2' }, { M: { x: { S: 'deep' } } }] },
  m: { M: { a: { N: '1' }, 'odd-name': { S: 'odd' } } },
  ss: { SS: ['p', 'q'] },
  ns: { NS: ['1', '2'] },
};

const ALIASES = { '#odd': 'odd-name', '#s': 's' };

const VALUES: Readonly<Record<string, AttributeValue>> = {
  ':five': { N: '5.0' },
  ':four': { N: '4' },
  ':six': { N: '6' },
  ':seven': { N: '7' },
  ':a': { S: 'a' },
  ':p': { S: 'p' },
  ':pri': { S: 'pri' },
  ':pricing': { S: 'pricing' },
  ':deep': { S: 'deep' },
  ':odd': { S: 'odd' },
  ':by': { B: Buffer.from('by').toString('base64') },
  ':qp': { SS: ['q', 'p'] },
  ':true': { BOOL: true },
  ':type': { S: 'SS' },
  ':one': { N: '1' },
};

test.for([
  ['s = :pricing', true],
  ['#s = :pri', false],
  ['n = :five', true],
  ['n <> :five', false],
  ['zz <> :five', true],
  ['zz = :five', false],
  ['n > :four AND n < :six', true],
  ['n >= :five AND n <= :five', true],
  ['s > :five', false],
  ['n BETWEEN :four AND :six', true],
  ['n BETWEEN :six AND :seven', false],
  ['n IN (:four, :five)', true],
  ['n IN (:four)', false],
  ['NOT n = :four', true],
  ['not (n = :four or n = :five)', false],
  ['n = :four OR n = :five AND s = :pri', false],
  ['(n = :four OR n = :five) AND s = :pricing', true],
  ['NOT n = :four AND n = :four', false],
  ['attribute_exists(l[2].x)', true],
  ['attribute_exists(l[3])', false],
  ['attribute_not_exists(m.z)', true],
  ['attribute_exists(s.x)', false],
  ['l[2].x = :deep', true],
  ['m.#odd = :odd', true],
  ['attribute_type(ss, :type)', true],
  ['attribute_type(s, :type)', false],
  ['begins_with(s, :pri)', true],
  ['begins_with(b, :by)', true],
  ['begins_with(n, :pri)', false],
  ['contains(s, :pri)', true],
  ['contains(l, :a)', true],
  ['contains(ss, :p)', true],
  ['contains(ss, :a)', false],
  ['contains(ns, :one)', true],
  ['size(s) = :seven', true],
  ['size(l) < :four', true],
  ['size(b) = :five', true],
  ['size(n) = :one', false],
  ['ss = :qp', true],
  ['t = :true', true],
] as const)('the condition %s is %s', ([expression, expected]) => {
  const condition = conditionOf('ConditionExpression', expression);
  expect(holds(condition.tree, ITEM, bindingsFor(condition))).toBe(expected);
});

test.for([
  ['', 'can not be empty'],
  ['a', 'token: "<EOF>"'],
  ['a =', 'token: "<EOF>"'],
  ['= :a', 'token: "="'],
  ['a == :a', 'token: "="'],
  ['a = :a AND', 'token: "<EOF>"'],
  ['a = :a b = :a', 'token: "b"'],
  ['(a = :a', 'token: "<EOF>"'],
  ['a = :a)', 'token: ")"'],
  ['a ? :a', 'token: "?"'],
  ['attribute_exists(:a)', 'Syntax error'],
  ['attribute_exists(a, b)', 'Syntax error'],
  ['begins_with(a)', 'Syntax error'],
  ['a[x] = :a', 'token: "x"'],
  ['a BETWEEN :a', 'token: "<EOF>"'],
  ['status = :a', 'reserved keyword: status'],
  ['a.Count = :a', 'reserved keyword: Count'],
] as const)('the condition %j is refused: %s', ([expression, reason]) => {
  expect(() => conditionOf('ConditionExpression', expression)).toThrow(reason);
});

test.for([
  ['SET n = n + :one', { n: { N: '6' } }],
  ['SET n = :one - n', { n: { N: '-4' } }],
  ['SET z = if_not_exists(z, :one)', { z: { N: '1' } }],
  ['SET n = if_not_exists(n, :one)', { n: { N: '5' } }],
  ['SET z = if_not_exists(z, n) + :one', { z: { N: '6' } }],
  ['SET m.a = :a', { m: { M: { a: { S: 'a' }, 'odd-name': { S: 'odd' } } } }],
  ['REMOVE m.#odd', { m: { M: { a: { N: '1' } } } }],
  ['SET l[1] = :a', { l: { L: [{ S: 'a' }, { S: 'a' }, { M: { x: { S: 'deep' } } }] } }],
  ['SET l[9] = :a', { l: { L: [...ITEM['l']!.L!, { S: 'a' }] } }],
  ['REMOVE l[0], l[2]', { l: { L: [{ N: '2' }] } }],
  ['SET l[0] = n, n = l[1]', { l: { L: [{ N: '5' }, { N: '2' }, { M: { x: { S: 'deep' } } }] }, n: { N: '2' } }],
  ['ADD n :five', { n: { N: '10' } }],
  ['ADD ss :qp', {}],
  ['DELETE ss :qp', { ss: undefined }],
  ['REMOVE zz', {}],
  ['DELETE zz :qp', {}],
] as const)('the update %s changes what it names', ([expression, changes]) => {
  const wanted = Object.entries({ ...ITEM, ...changes }).filter(([, value]) => value !== undefined);
  expect(updated(expression)).toStrictEqual(Object.fromEntries(wanted));
});

test.for([
  ['SET s = s + :one', 'incorrect data type'],
  ['SET s = list_append(l, :one)', 'incorrect data type'],
  ['SET z = zz', 'does not exist in the item'],
  ['SET zz.x = :one', 'document path provided'],
  ['SET s[0] = :one', 'document path provided'],
  ['SET m.a = :one, m = :one', 'paths overlap'],
  ['SET l[0] = :one REMOVE l[0].x', 'paths overlap'],
  ['ADD s :one', 'incorrect data type'],
  ['ADD z :a', 'Incorrect operand type'],
  ['DELETE ss :one', 'Incorrect operand type'],
  ['SET n = :one SET z = :one', 'only be used once'],
  ['SET n', 'token: "<EOF>"'],
  ['n = :one', 'token: "n"'],
  ['SET n = size(s)', 'reserved keyword: size'],
  ['SET data = :one', 'reserved keyword: data'],
] as const)('the update %s is refused: %s', ([expression, reason]) => {
  expect(() => updated(expression)).toThrow(reason);
});

test('a projection keeps the nesting of what it names', () => {
  const projection = projectionOf('ProjectionExpression', 'l[2].x, l[0], m.#odd, zz, n');
  const bindings = bindingsFor(projection);
  const paths = projection.tree.map((path) => bindings.keys(path));
  expect(projectionOn(paths)(ITEM)).toStrictEqual({
    l: { L: [{ S: 'a' }, { M: { x: { S: 'deep' } } }] },
    m: { M: { 'odd-name': { S: 'odd' } } },
    n: { N: '5' },
  });
});

test('expression attributes must be given and used', () => {
  const condition = conditionOf('ConditionExpression', 'a = :a AND #b = :a');
  const given = (names: Record<string, string>, values: Record<string, unknown>) => () =>
    new Bindings({ ExpressionAttributeNames: names, ExpressionAttributeValues: values }, [condition]);
  expect(given({ '#b': 'b' }, {})).toThrow('attribute value: :a');
  expect(given({}, { ':a': { S: 'x' } })).toThrow('attribute name: #b');
  expect(given({ '#b': 'b', '#c': 'c' }, { ':a': { S: 'x' } })).toThrow('unused in expressions: keys: {#c}');
  expect(given({ '#b': 'b' }, { ':a': { S: 'x' }, ':c': { S: 'x' } })).toThrow('unused in expressions: keys: {:c}');
  expect(given({ '#b': 'b' }, { ':a': { S: 'x', N: '1' } })).toThrow('exactly one of the supported datatypes');
});

function updated(expression: string): Item {
  const update = updateOf('UpdateExpression', expression);
  return applyUpdate(update.tree, ITEM, bindingsFor(update)).item;
}

/** The expression attributes that an expression uses, and no others. */
function bindingsFor(parsed: { aliases: ReadonlySet<string>; values: ReadonlySet<string>; tree: unknown }): Bindings {
  return new Bindings(
    {
      ExpressionAttributeNames: used(ALIASES, parsed.aliases),
      ExpressionAttributeValues: used(VALUES, parsed.values),
    },
    [parsed],
  );
}

function used<Value>(all: Readonly<Record<string, Value>>, names: ReadonlySet<string>): Record<string, Value> {
  return Object.fromEntries(Object.entries(all).filter(([name]) => names.has(name)));
}
