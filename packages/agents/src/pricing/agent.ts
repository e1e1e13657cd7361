import type { Agent } from '../agent.ts';
import { judge } from '../judge.ts';
import { readCommitments } from './read-commitments.ts';

const judgePrices = judge('pricing');

/**
 * Judges what the same work would cost elsewhere in the price list: older generations, other architectures, storage types; and reads from the
 * bill what runs on demand that could run under a commitment.
 */
export const pricingAgent: Agent = {
  role: 'pricing',
  types: ['pricing.judge', 'pricing.commitments'],
  perform: (order, desk) =>
    order.type === 'pricing.commitments' ? readCommitments(order, desk) : judgePrices(order, desk),
};
