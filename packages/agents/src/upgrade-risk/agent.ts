import type { Agent } from '../agent.ts';
import { judge } from '../judge.ts';

/** Judges versions against their life cycles: what runs out of support, when, and what staying costs. */
export const upgradeRiskAgent: Agent = {
  role: 'upgrade-risk',
  types: ['upgrade-risk.judge'],
  perform: judge('upgrade-risk'),
};
