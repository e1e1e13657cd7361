import { AWS_CONTRACT, type ContractCheck, contractClients } from '@infrafabric/aws-local/testing';
import { expect, test } from 'vitest';

/**
 * Puts the contract of AWS to an endpoint, which is known once the tests run. What is known to differ must differ: a check
 * that begins to hold leaves the list. What is `undecided` holds or not by chance there, and is skipped with its reason.
 */
export function testAwsContractOn(
  endpoint: () => string,
  differences: Readonly<Record<string, string>>,
  undecided: Readonly<Record<string, string>> = {},
): void {
  const isKnown = ({ name }: ContractCheck): boolean => Object.hasOwn(differences, name);
  const isAsked = ({ name }: ContractCheck): boolean => !Object.hasOwn(undecided, name);
  const clients = () => contractClients({ endpoint: endpoint() });

  test.for(AWS_CONTRACT.filter((check) => !isKnown(check) && isAsked(check)))(
    'passes "$service: $name"',
    async (check) => {
      await expect(check.run(clients())).resolves.toBe(undefined);
    },
  );

  test.for(AWS_CONTRACT.filter(isKnown))('still differs in "$service: $name"', async (check) => {
    await expect(check.run(clients())).rejects.toBeInstanceOf(Error);
  });

  const unasked = AWS_CONTRACT.filter((check) => !isAsked(check));
  test.skipIf(unasked.length > 0).for(unasked)('"$name" (skipped: it holds by chance here)', async (check) => {
    await expect(check.run(clients())).resolves.toBe(undefined);
  });

  test('differs only in checks that exist', () => {
    const names = new Set(AWS_CONTRACT.map(({ name }) => name));
    const listed = [...Object.keys(differences), ...Object.keys(undecided)];
    expect(listed.filter((name) => !names.has(name))).toStrictEqual([]);
  });
}
