import type { JsonObject } from '@infrafabric/protocol';
import { expect, it } from 'vitest';
import { aSubject, anObserved } from '../../testing/index.ts';
import { judged } from '../testing/judged.ts';
import { kmsDisabledKey } from './disabled-key.ts';

const judge = (item: JsonObject, prices: Record<string, string> = { 'kms/us-east-1/key/month': '1' }) =>
  judged(
    kmsDisabledKey,
    aSubject({
      of: anObserved('KmsKey', 'k', { KeyId: 'k', KeyState: 'Disabled', KeyManager: 'CUSTOMER', ...item }),
      prices,
    }),
  );

it('finds a disabled customer key, 1.00 a month', () => {
  expect(judge({})).toStrictEqual({ verdict: 'FINDING', figures: { list_cost: '1.00', list_saving: '1.00' } });
});

it.each([[{ KeyState: 'Enabled' }], [{ KeyManager: 'AWS' }]])('says OK of %o', (item) => {
  expect(judge(item)).toStrictEqual({ verdict: 'OK', figures: {} });
});

it('cannot know without a state, and has no dollars without a price', () => {
  expect(judge({ KeyState: undefined }).reason).toBe('FIELD_MISSING');
  expect(judge({}, {})).toStrictEqual({ verdict: 'FINDING', figures: {} });
});
