import type { Agent } from '../agent.ts';
import { contextText } from '../context.ts';
import { AgentError } from '../errors.ts';
import { collectLive } from './collect-live.ts';
import { indexEstate } from './index-estate.ts';
import { readBill } from './read-bill.ts';
import { readDecisions } from './read-decisions.ts';

/** Says where everything in the evidence stands: which answer holds which resource, which line is which metric, what the bill charges for what. */
export const collectorAgent: Agent = {
  role: 'collector',
  types: ['collector.collect-live', 'collector.index-estate', 'collector.read-bill', 'collector.read-decisions'],
  perform({ workList, context, signal }, desk) {
    if (workList.kind === 'collect-live') return collectLive(workList, desk, signal);
    if (workList.kind === 'index-estate') return indexEstate(workList.files, desk);
    if (workList.kind === 'read-bill') return readBill(workList.files, contextText(context, 'as_of'), desk);
    if (workList.kind === 'read-decisions') return readDecisions(workList.files, contextText(context, 'as_of'), desk);
    throw new AgentError('WORK_LIST_INVALID', {
      message: `expected files to index or a bill to read, got ${workList.kind}`,
    });
  },
};
