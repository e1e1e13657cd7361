import { accountSpend, spendCourse } from '@infrafabric/finops';
import type { Agent } from '../agent.ts';
import { contextText } from '../context.ts';
import { citedBill } from '../collector/cited-bill.ts';
import { AgentError } from '../errors.ts';

/** Accounts for a bill: where the money went, where the month will end, and whether a given budget holds. */
export const budgetAgent: Agent = {
  role: 'budget',
  types: ['budget.account'],
  async perform({ workList, context }, desk) {
    if (workList.kind !== 'account') {
      throw new AgentError('WORK_LIST_INVALID', { message: `expected a bill to account for, got ${workList.kind}` });
    }
    const budget = context['budget_usd'];
    const asOf = contextText(context, 'as_of');
    const lines = await citedBill(workList.files, 'lines', desk);
    const parts = [
      accountSpend(lines, { asOf, ...(typeof budget === 'string' ? { budgetUsd: budget } : {}) }),
      spendCourse(lines, asOf),
    ];
    return {
      kind: 'budget',
      claims: parts.flatMap(({ claims }) => claims),
      notes: parts.flatMap(({ notes }) => notes),
    };
  },
};
