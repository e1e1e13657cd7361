import { afterAll, beforeAll, describe } from 'vitest';
import { type Moto, NO_MOTO, startMoto } from '../live/moto.ts';
import { testAwsContractOn } from './aws-contract-on.ts';
import { MOTO_DIFFERENCES, MOTO_UNDECIDED } from './moto-differences.ts';
import { testEvidenceOn, testStateOn } from './stores-on.ts';

describe.skipIf(NO_MOTO !== '')(`moto${NO_MOTO}`, () => {
  let moto: Moto;
  beforeAll(async () => {
    moto = await startMoto();
  });
  afterAll(() => moto.stop());
  const url = (): string => moto.url;

  testAwsContractOn(url, MOTO_DIFFERENCES, MOTO_UNDECIDED);
  testStateOn('DynamoDB of moto', url, 'moto answers each request in a thread of its own and locks nothing');
  testEvidenceOn('S3 of moto', url);
});
