import { type Derivation, defineDerivation } from '@infrafabric/protocol';
import { z } from 'zod';
import type { Subject, Threshold, Verdict } from '../../model/rule.ts';
import { defineRule } from '../../model/rule.ts';
import { formatUsd, perMonth } from '../../money.ts';
import { daysBefore } from '../reading/dates.ts';
import { fieldFigure, citedNumber, itemSource } from '../reading/figures.ts';
import { linuxPriceKey } from '../reading/instance.ts';
import { unitPrice } from '../reading/prices.ts';
import { removal } from '../reading/removal.ts';
import { limitOf } from '../reading/thresholds.ts';
import { OK, readItem, unknown } from '../reading/verdicts.ts';

const GRACE_DAYS: Threshold = {
  name: 'EC2_CAPACITY_RESERVATION_GRACE_DAYS',
  value: 7,
  unit: 'days since creation',
  source: 'AWS CUDOS framework, unused capacity reservations over 7 days, read 2025-08-06',
};

const Reservation = z.object({
  CapacityReservationId: z.string(),
  InstanceType: z.string(),
  InstancePlatform: z.string(),
  Tenancy: z.string().optional(),
  State: z.string(),
  CreateDate: z.string(),
  AvailableInstanceCount: z.int().nonnegative(),
});

/** USD a month of what no instance runs in: cited = the reservation, the Linux price of its type. */
const unusedMonth = (name: string, version: number): Derivation =>
  defineDerivation({
    package: 'finops',
    name,
    version,
    compute: (cited) => {
      const { AvailableInstanceCount } = Reservation.parse(cited[0]);
      return formatUsd(perMonth(unitPrice(cited[1])).times(AvailableInstanceCount));
    },
  });

/** Monthly list cost of the reservation itself: AWS charges what is free in it under its name, and what is used as instances. */
export const ec2UnusedCapacityReservationListCost = unusedMonth('ec2-unused-capacity-reservation-list-cost', 2);

/** Ending the reservation saves all of it. */
export const ec2UnusedCapacityReservationListSaving = unusedMonth('ec2-unused-capacity-reservation-list-saving', 1);

/** An on-demand capacity reservation that is charged and not used. */
export const ec2UnusedCapacityReservation = defineRule({
  id: 'ec2-unused-capacity-reservation',
  ref: 'EC2-20',
  role: 'rightsizing',
  service: 'ec2',
  title: 'Capacity reservation with unused instances',
  appliesTo: 'Ec2CapacityReservation',
  reads: [],
  actionType: 'Rightsize',
  step: 'terminate',
  severity: 8,
  effort: 'VeryLow',
  risk: 'Medium',
  restartNeeded: false,
  rollbackPossible: true,
  inputs: [
    'ec2:DescribeCapacityReservations State, AvailableInstanceCount, InstanceType, CreateDate',
    'Linux price of the type',
  ],
  formula: 'AvailableInstanceCount x Linux price x 730',
  implementation: [
    'Ask the owner which event or recovery plan needs the capacity.',
    'Lower the instance count, or set an end date, or cancel the reservation.',
  ],
  rollback: 'Reserve again, as far as AWS has the capacity then.',
  documentation: 'https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/capacity-reservations-modify.html',
  thresholds: [GRACE_DAYS],
  sources: [
    'https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/capacity-reservations-pricing-billing.html',
    'https://aws.amazon.com/ec2/pricing/on-demand/',
  ],
  derivations: [ec2UnusedCapacityReservationListCost, ec2UnusedCapacityReservationListSaving, citedNumber],
  judge,
});

function judge(subject: Subject): Verdict {
  const item = readItem(Reservation, subject.item);
  if (!item.ok) return item.verdict;
  const { State, AvailableInstanceCount, CreateDate, InstancePlatform, InstanceType, Tenancy = 'default' } = item.value;
  if (State !== 'active' || AvailableInstanceCount === 0) return OK;
  if (daysBefore(subject.asOf, CreateDate) < limitOf(subject, GRACE_DAYS)) return OK;
  if (InstancePlatform !== 'Linux/UNIX' || Tenancy !== 'default') {
    return unknown(
      'NO_PRICE',
      'The price table has Linux prices of shared tenancy only; the reservation is for another kind.',
    );
  }
  return removal(subject, {
    priceKeys: [linuxPriceKey(subject.resource.region, InstanceType)],
    known: 'Reserved capacity in which nothing runs',
    listCost: ec2UnusedCapacityReservationListCost,
    listSaving: ec2UnusedCapacityReservationListSaving,
    statement: (dates) =>
      `Of the reserved ${InstanceType} capacity {unused} are free and charged as if they ran: {list_saving} at the list price of ${dates}.`,
    figures: [fieldFigure(itemSource(subject), 'AvailableInstanceCount', { name: 'unused', unit: 'instances' })],
    confidence: '0.70',
  });
}
