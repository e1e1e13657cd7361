import { commitmentResult, type CommitmentResult, openTable } from '@infrafabric/finops';
import { isJsonObject } from '@infrafabric/protocol';
import type { WorkOrder } from '../agent.ts';
import { citedBill } from '../collector/cited-bill.ts';
import { contextText } from '../context.ts';
import type { Desk } from '../desk.ts';
import { AgentError } from '../errors.ts';

/** Reads what runs on demand, hour by hour, and the rates it could run under. */
export async function readCommitments({ workList, context }: WorkOrder, desk: Desk): Promise<CommitmentResult> {
  if (workList.kind !== 'commitments') {
    throw new AgentError('WORK_LIST_INVALID', { message: `expected a bill to read, got ${workList.kind}` });
  }
  const prices = contextText(isJsonObject(context['tables']) ? context['tables'] : {}, 'prices');
  const bill = await citedBill(workList.files, 'lines', desk);
  return commitmentResult(bill, openTable(await desk.document(prices), prices), contextText(context, 'as_of'));
}
