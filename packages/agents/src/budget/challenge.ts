import { challengeResult, type ChallengeResult } from '@infrafabric/finops';
import type { WorkOrder } from '../agent.ts';
import { citedBill } from '../collector/cited-bill.ts';
import type { Desk } from '../desk.ts';
import { AgentError } from '../errors.ts';

/** Derives a saving of another agent again, from the bill alone. */
export async function challenge({ workList }: WorkOrder, desk: Desk): Promise<ChallengeResult> {
  if (workList.kind !== 'challenge') {
    throw new AgentError('WORK_LIST_INVALID', { message: `expected a claim to challenge, got ${workList.kind}` });
  }
  return challengeResult(await citedBill(workList.files, 'resources', desk), workList);
}
