import { AWS_CONTRACT, type ContractCheck, contractClients } from '@infrafabric/aws-local/testing';
import { expect, test } from 'vitest';

/**
 * Puts the contract of AWS to an endpoint, which is known once the tests run. What is known to differ must differ: a check
 * that begins to hold leaves the list.
 */
export function testAwsContractOn(endpoint: () => string, differences: Readonly<Record<string, string>>): void {
  const isKnown = ({ name }: ContractCheck): boolean => Object.hasOwn(differences, name);
  const clients = () => contractClients({ endpoint: endpoint() });

  test.for(AWS_CONTRACT.filter((check) => !isKnown(check)))('passes "$service: $name"', async (check) => {
    await expect(check.run(clients())).resolves.toBe(undefined);
  });

  test.for(AWS_CONTRACT.filter(isKnown))('still differs in "$service: $name"', async (check) => {
    await expect(check.run(clients())).rejects.toBeInstanceOf(Error);
  });

  test('differs only in checks that exist', () => {
    const names = new Set(AWS_CONTRACT.map(({ name }) => name));
    expect(Object.keys(differences).filter((name) => !names.has(name))).toStrictEqual([]);
  });
}
