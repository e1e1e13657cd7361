import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { FINOPS_RULES } from './catalogue.ts';

/** Folders that hold no rule: what rules read with, and builders of their tests. */
const NOT_RULES = new Set(['reading', 'testing']);

const FILES = readdirSync(import.meta.dirname, { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && !NOT_RULES.has(entry.name))
  .flatMap((folder) =>
    readdirSync(join(import.meta.dirname, folder.name))
      .filter((name) => !name.endsWith('.test.ts'))
      .map((name) => ({ folder: folder.name, name: name.replace(/\.ts$/, '') })),
  );

describe('FINOPS_RULES', () => {
  it('has one line for each rule file, under the id that is its path', () => {
    const ids = FILES.map(({ folder, name }) => `${folder}-${name}`);

    expect(FINOPS_RULES.map((rule) => rule.id).toSorted()).toStrictEqual(ids.toSorted());
  });

  it('has a test beside each rule', () => {
    const untested = FILES.filter(
      ({ folder, name }) => !existsSync(join(import.meta.dirname, folder, `${name}.test.ts`)),
    );

    expect(untested).toStrictEqual([]);
  });

  it.each(['id', 'ref'] as const)('uses no %s twice', (field) => {
    expect(duplicates(FINOPS_RULES.map((rule) => rule[field]))).toStrictEqual([]);
  });

  it('uses no derivation id for two derivations', () => {
    expect(duplicates(distinctDerivations().map(([id]) => id))).toStrictEqual([]);
  });

  it('has one unit and source for each threshold name', () => {
    const thresholds = FINOPS_RULES.flatMap((rule) => rule.thresholds);
    const texts = new Set(thresholds.map((one) => `${one.name} ${one.value} ${one.unit}`));

    expect(duplicates([...texts].map((text) => text.split(' ')[0]))).toStrictEqual([]);
  });
});

describe.each(distinctDerivations())('%s', (_, derivation) => {
  it.each([
    ['nothing', []],
    ['another kind of JSON', [{ Size: 'x' }, {}, {}, {}, {}, {}]],
  ])('throws when %s is cited', (_, cited) => {
    expect(() => derivation.compute(cited, { as_of: '2026-11-20' })).toThrow(/expected|[Ii]nvalid/);
  });
});

describe.each(FINOPS_RULES.map((rule) => [rule.id, rule] as const))('%s', (_, rule) => {
  it('names AWS documentation, dated thresholds and a title without a full stop', () => {
    expect(rule.sources.length).toBeGreaterThan(0);
    expect(rule.sources.filter((url) => !/^https:\/\/(docs\.)?aws\.amazon\.com\//.test(url))).toStrictEqual([]);
    expect(rule.thresholds.filter((one) => !/\b20\d\d-\d\d-\d\d/.test(one.source))).toStrictEqual([]);
    expect(rule.title).toMatch(/^\S.*[^.]$/);
    expect(rule.severity).toBeGreaterThanOrEqual(0);
    expect(rule.severity).toBeLessThanOrEqual(10);
  });
});

function distinctDerivations() {
  const distinct = new Set(FINOPS_RULES.flatMap((rule) => rule.derivations));
  return [...distinct].map((derivation) => [derivation.id, derivation] as const);
}

function duplicates<T>(values: readonly T[]): T[] {
  return values.filter((value, index) => values.indexOf(value) !== index);
}
