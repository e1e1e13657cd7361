import type { Agent } from '../agent.ts';
import { judge } from '../judge.ts';

/** Judges whether a resource is used: idle, unattached, stopped, oversized. Without metrics it says so. */
export const rightsizingAgent: Agent = {
  role: 'rightsizing',
  types: ['rightsizing.judge'],
  perform: judge('rightsizing'),
};
