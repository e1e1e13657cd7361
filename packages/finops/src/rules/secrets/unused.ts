import { z } from 'zod';
import type { Subject, Threshold, Verdict } from '../../model/rule.ts';
import { defineRule } from '../../model/rule.ts';
import { ageFigure, daysSince } from '../reading/age-figure.ts';
import { daysBefore } from '../reading/dates.ts';
import { monthOfOne } from '../reading/derivations.ts';
import { citationsOf, entrySource, itemSource, listCost, listSaving } from '../reading/figures.ts';
import { priceDates } from '../reading/prices.ts';
import { limitOf } from '../reading/thresholds.ts';
import { OK, readItem, readPrices, unknown } from '../reading/verdicts.ts';

const UNUSED_DAYS: Threshold = {
  name: 'SECRETS_UNUSED_DAYS',
  value: 90,
  unit: 'days without a retrieval',
  source:
    'steampipe-mod-aws-thrifty secretsmanager unused 90 days, read 2026-03-25; CloudBurn and Prowler use the same',
};

const Secret = z.object({
  ARN: z.string(),
  CreatedDate: z.iso.datetime({ offset: true }).optional(),
  LastAccessedDate: z.iso.datetime({ offset: true }).optional(),
  OwningService: z.string().optional(),
  PrimaryRegion: z.string().optional(),
});

/** Monthly list price of the secret, without its API calls. */
export const secretsUnusedListCost = monthOfOne('secrets-unused-list-cost');

/** Deleting the secret saves its monthly price. */
export const secretsUnusedListSaving = monthOfOne('secrets-unused-list-saving');

/** A secret nobody retrieved for months; one that was never retrieved counts from its creation. */
export const secretsUnused = defineRule({
  id: 'secrets-unused',
  ref: 'SEC-01',
  role: 'rightsizing',
  service: 'secrets',
  title: 'Secret nobody retrieves',
  appliesTo: 'Secret',
  reads: [],
  actionType: 'Delete',
  step: 'terminate',
  severity: 2,
  effort: 'VeryLow',
  risk: 'Medium',
  restartNeeded: false,
  rollbackPossible: true,
  inputs: ['secretsmanager:ListSecrets LastAccessedDate, CreatedDate', 'month price of a secret'],
  formula: 'month price of a secret',
  implementation: [
    'Look in CloudTrail for who retrieved the secret.',
    'Schedule its deletion with a recovery window of 30 days.',
  ],
  rollback: 'Cancel the deletion within the recovery window (RestoreSecret).',
  documentation: 'https://docs.aws.amazon.com/secretsmanager/latest/userguide/manage_delete-secret.html',
  thresholds: [UNUSED_DAYS],
  sources: [
    'https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_SecretListEntry.html',
    'https://docs.aws.amazon.com/secretsmanager/latest/userguide/manage_delete-secret.html',
    'https://aws.amazon.com/secrets-manager/pricing/',
  ],
  derivations: [secretsUnusedListCost, secretsUnusedListSaving, daysSince],
  judge,
});

function judge(subject: Subject): Verdict {
  const item = readItem(Secret, subject.item);
  if (!item.ok) return item.verdict;
  const secret = item.value;
  if (secret.OwningService !== undefined || isReplica(subject, secret.PrimaryRegion)) return OK;
  const field = secret.LastAccessedDate === undefined ? 'CreatedDate' : 'LastAccessedDate';
  const since = secret[field];
  if (since === undefined) return unknown('FIELD_MISSING', 'The answer has no usable CreatedDate.');
  if (daysBefore(subject.asOf, since) <= limitOf(subject, UNUSED_DAYS)) return OK;
  const key = `secretsmanager/${subject.resource.region}/secret/month`;
  const prices = readPrices(subject, [key], 'Not retrieved for months');
  if (!prices.ok) return prices.verdict;
  const source = itemSource(subject);
  const from = [source, ...prices.value.map(entrySource)];
  const what =
    field === 'CreatedDate'
      ? 'was created {unused_days} ago and never retrieved'
      : 'was last retrieved {unused_days} ago';
  return {
    verdict: 'FINDING',
    statement:
      `The secret ${what}; it costs {list_cost} at the list price of ${priceDates(prices.value)}. ` +
      'Schedule its deletion: it can be restored for at least seven days.',
    figures: [ageFigure(source, field, { name: 'unused_days', asOf: subject.asOf })],
    listCost: listCost({ derivation: secretsUnusedListCost, from }).request,
    listSaving: listSaving({ derivation: secretsUnusedListSaving, from }).request,
    citations: citationsOf([source]),
    confidence: '0.85',
  };
}

/** A replica waits for a failover: that nobody reads it says nothing. */
const isReplica = (subject: Subject, primaryRegion: string | undefined): boolean =>
  primaryRegion !== undefined && primaryRegion !== subject.resource.region;
