import type { Agent } from './agent.ts';
import { budgetAgent } from './budget/agent.ts';
import { collectorAgent } from './collector/agent.ts';
import { pricingAgent } from './pricing/agent.ts';
import { rightsizingAgent } from './rightsizing/agent.ts';
import { upgradeRiskAgent } from './upgrade-risk/agent.ts';

/** Every kind of worker; one line each. */
export const AGENTS: readonly Agent[] = [collectorAgent, pricingAgent, rightsizingAgent, upgradeRiskAgent, budgetAgent];
