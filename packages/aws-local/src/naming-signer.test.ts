import { expect, test } from 'vitest';
import { refusal } from './gate.ts';
import { namingSigner } from './naming-signer.ts';

test('the gate admits what it signed, and nobody under another access key id', async () => {
  const { headers } = await namingSigner('AKIATEST').sign({ headers: { host: '127.0.0.1:80' } });

  expect(refusal(headers, 'AKIATEST')).toBeUndefined();
  expect(refusal(headers, 'AKIAOTHER')?.message).toBe('The security token included in the request is invalid.');
});
