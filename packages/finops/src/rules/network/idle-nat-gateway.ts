import { z } from 'zod';
import type { Series } from '../../model/resource.ts';
import type { Subject, Verdict } from '../../model/rule.ts';
import { defineRule } from '../../model/rule.ts';
import { monthOfHours } from '../reading/derivations.ts';
import {
  citationsOf,
  entrySource,
  figure,
  itemSource,
  listCost,
  listSaving,
  seriesSource,
} from '../reading/figures.ts';
import { metricDays, metricTotal } from '../reading/metric-figures.ts';
import { LOOK_BACK_DAYS, readMetric } from '../reading/metrics.ts';
import { priceDates } from '../reading/prices.ts';
import { OK, type Reading, read, readItem, readPrices } from '../reading/verdicts.ts';

const NatGateway = z.object({ NatGatewayId: z.string(), State: z.string() });

/** Bytes through a gateway in both directions. Source: VPC user guide, NAT gateway metrics, stated 2026-11-20, page not re-read. */
const BYTES = ['BytesOutToDestination', 'BytesInFromDestination'];

/** Monthly list cost of the gateway's hours. */
export const networkIdleNatGatewayListCost = monthOfHours('network-idle-nat-gateway-list-cost');

/** Deleting the gateway saves its hours; its Elastic IP address is judged on its own. */
export const networkIdleNatGatewayListSaving = monthOfHours('network-idle-nat-gateway-list-saving');

/** A NAT gateway no byte went through. */
export const networkIdleNatGateway = defineRule({
  id: 'network-idle-nat-gateway',
  ref: 'NET-03',
  role: 'rightsizing',
  service: 'network',
  title: 'NAT gateway without traffic',
  appliesTo: 'NatGateway',
  reads: [],
  actionType: 'Delete',
  step: 'terminate',
  severity: 5,
  effort: 'Low',
  risk: 'Medium',
  restartNeeded: false,
  rollbackPossible: true,
  thresholds: [
    {
      name: 'NAT_IDLE_DAYS',
      value: LOOK_BACK_DAYS,
      unit: 'days without a byte',
      source: 'Cloudrift, NAT gateway idle for 14 days, read 2026-08-21; AWS Trusted Advisor c2vlfg022t uses 30',
    },
  ],
  sources: [
    'https://docs.aws.amazon.com/vpc/latest/userguide/vpc-nat-gateway-cloudwatch.html',
    'https://docs.aws.amazon.com/awssupport/latest/user/cost-optimization-checks.html',
    'https://aws.amazon.com/vpc/pricing/',
  ],
  derivations: [networkIdleNatGatewayListCost, networkIdleNatGatewayListSaving, metricTotal, metricDays],
  judge,
});

function judge(subject: Subject): Verdict {
  const item = readItem(NatGateway, subject.item);
  if (!item.ok) return item.verdict;
  if (item.value.State !== 'available') return OK;
  const bytes = readBytes(subject);
  if (!bytes.ok) return bytes.verdict;
  const lines = bytes.value.map(seriesSource);
  const moved = figure({ name: 'bytes', unit: 'bytes', derivation: metricTotal, from: lines });
  if (moved.value.greaterThan(0)) return OK;
  const prices = readPrices(subject, [`vpc/${subject.resource.region}/nat-gateway/hour`], 'No byte in the look-back');
  if (!prices.ok) return prices.verdict;
  const source = itemSource(subject);
  const from = [source, ...prices.value.map(entrySource)];
  const days = figure({ name: 'days', unit: 'days', derivation: metricDays, from: lines });
  return {
    verdict: 'FINDING',
    statement: `The NAT gateway moved {bytes} in {days} and costs {list_cost} at the list price of ${priceDates(prices.value)}; remove its routes and delete it.`,
    figures: [moved.request, days.request],
    listCost: listCost({ derivation: networkIdleNatGatewayListCost, from }).request,
    listSaving: listSaving({ derivation: networkIdleNatGatewayListSaving, from }).request,
    citations: citationsOf([source]),
    confidence: '0.90',
  };
}

function readBytes(subject: Subject): Reading<readonly Series[]> {
  const series: Series[] = [];
  for (const metric of BYTES) {
    const found = readMetric(subject, { namespace: 'AWS/NATGateway', metric, stats: ['Sum'] });
    if (!found.ok) return found;
    series.push(...found.value.series);
  }
  return read(series);
}
