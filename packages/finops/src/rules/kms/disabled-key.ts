import { z } from 'zod';
import type { Subject, Verdict } from '../../model/rule.ts';
import { defineRule } from '../../model/rule.ts';
import { monthOfOne } from '../reading/derivations.ts';
import { removal } from '../reading/removal.ts';
import { OK, readItem } from '../reading/verdicts.ts';

const Key = z.object({ KeyId: z.string(), KeyState: z.string(), KeyManager: z.string() });

/** Monthly list cost of the key; rotated key material comes on top. */
export const kmsDisabledKeyListCost = monthOfOne('kms-disabled-key-list-cost');

/** A key scheduled for deletion is no longer charged. */
export const kmsDisabledKeyListSaving = monthOfOne('kms-disabled-key-list-saving');

/** A customer key that nobody can use and that is charged all the same. */
export const kmsDisabledKey = defineRule({
  id: 'kms-disabled-key',
  ref: 'KMS-01',
  role: 'rightsizing',
  service: 'kms',
  title: 'Disabled key that is still charged',
  appliesTo: 'KmsKey',
  reads: [],
  actionType: 'Delete',
  step: 'terminate',
  severity: 2,
  effort: 'Low',
  risk: 'High',
  restartNeeded: false,
  rollbackPossible: true,
  inputs: ['kms:DescribeKey KeyState, KeyManager', 'month price of a key'],
  formula: 'month price of a key',
  implementation: [
    'Look in CloudTrail for the last use of the key and for what it encrypted.',
    'Make sure that no data, snapshot or backup is left under it.',
    'Schedule its deletion with a waiting period of 30 days.',
  ],
  rollback: 'Cancel the deletion within the waiting period; after it, what the key encrypted is lost.',
  documentation: 'https://docs.aws.amazon.com/kms/latest/developerguide/deleting-keys.html',
  thresholds: [],
  sources: [
    'https://docs.aws.amazon.com/kms/latest/developerguide/deleting-keys.html',
    'https://aws.amazon.com/kms/pricing/',
  ],
  derivations: [kmsDisabledKeyListCost, kmsDisabledKeyListSaving],
  judge,
});

function judge(subject: Subject): Verdict {
  const item = readItem(Key, subject.item);
  if (!item.ok) return item.verdict;
  if (item.value.KeyManager !== 'CUSTOMER' || item.value.KeyState !== 'Disabled') return OK;
  return removal(subject, {
    priceKeys: [`kms/${subject.resource.region}/key/month`],
    known: 'Disabled, so nobody can use it',
    listCost: kmsDisabledKeyListCost,
    listSaving: kmsDisabledKeyListSaving,
    statement: (dates) =>
      `The key is disabled, so nobody can use it, and costs {list_cost} at the list price of ${dates}; what it encrypted is lost with it.`,
    confidence: '0.70',
  });
}
