import { expect, it } from 'vitest';
import { FINOPS_DERIVATIONS } from './derivations.ts';

it('names each derivation once', () => {
  const ids = FINOPS_DERIVATIONS.map((derivation) => derivation.id);
  expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toStrictEqual([]);
});

it('knows every derivation that the package states by name', () => {
  const ids = FINOPS_DERIVATIONS.map((derivation) => derivation.id);
  expect(ids).toStrictEqual(
    expect.arrayContaining([
      'finops/resource-cost@1',
      'finops/effective-saving@2',
      'finops/freed-commitment@2',
      'finops/cash-now@2',
      'finops/billed-cap@1',
      'finops/net-saving@1',
      'finops/net-freed-commitment@1',
      'finops/net-cash-now@1',
      'finops/total@1',
    ]),
  );
});
