import type { Agent } from '../agent.ts';
import { judge } from '../judge.ts';

/** Judges what the same work would cost elsewhere in the price list: older generations, other architectures, storage types. */
export const pricingAgent: Agent = { role: 'pricing', types: ['pricing.judge'], perform: judge('pricing') };
