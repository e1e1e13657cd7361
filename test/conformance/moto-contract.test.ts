import {
  AWS_CONTRACT,
  type ContractCheck,
  type ContractClients,
  contractClients,
} from '@infrafabric/aws-local/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Moto, NO_MOTO, startMoto } from '../live/moto.ts';
import { MOTO_DIFFERENCES } from './moto-differences.ts';

const isKnown = ({ name }: ContractCheck): boolean => Object.hasOwn(MOTO_DIFFERENCES, name);

describe.skipIf(NO_MOTO !== '')(`moto${NO_MOTO}`, () => {
  let moto: Moto;
  let clients: ContractClients;
  beforeAll(async () => {
    moto = await startMoto();
    clients = contractClients({ endpoint: moto.url });
  });
  afterAll(() => moto.stop());

  test.for(AWS_CONTRACT.filter((check) => !isKnown(check)))('passes "$service: $name"', async (check) => {
    await expect(check.run(clients)).resolves.toBe(undefined);
  });

  test.for(AWS_CONTRACT.filter(isKnown))('still differs in "$service: $name"', async (check) => {
    await expect(check.run(clients)).rejects.toBeInstanceOf(Error);
  });

  test('differs only in checks that exist', () => {
    const names = new Set(AWS_CONTRACT.map(({ name }) => name));
    expect(Object.keys(MOTO_DIFFERENCES).filter((name) => !names.has(name))).toStrictEqual([]);
  });
});
