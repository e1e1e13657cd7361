import {
  accountSpend,
  answerClaims,
  awsBudgetResult,
  awsPerformanceResult,
  realisedResult,
  spendCourse,
} from '@infrafabric/finops';
import type { Agent } from '../agent.ts';
import { contextText } from '../context.ts';
import { citedBill } from '../collector/cited-bill.ts';
import { readDecisions } from '../collector/read-decisions.ts';
import { AgentError } from '../errors.ts';
import { readBudgetAnswers } from './budget-answers.ts';
import { challenge } from './challenge.ts';

/**
 * Accounts for a bill: where money went and goes, what stands out and what is expected, whether budgets hold, and what was asked;
 * and derives the largest savings of other agents again from it.
 */
export const budgetAgent: Agent = {
  role: 'budget',
  types: ['budget.account', 'budget.challenge'],
  async perform(order, desk) {
    if (order.type === 'budget.challenge') return challenge(order, desk);
    const { workList, context } = order;
    if (workList.kind !== 'account') {
      throw new AgentError('WORK_LIST_INVALID', { message: `expected a bill to account for, got ${workList.kind}` });
    }
    const asOf = contextText(context, 'as_of');
    const { budget_usd: budgetUsd, question } = context;
    const bill = workList.files.length === 0 ? undefined : await citedBill(workList.files, 'lines', desk);
    const answers = await readBudgetAnswers(workList.budgets, desk);
    const { decisions } =
      workList.decisions.length === 0 ? NOTHING : await readDecisions(workList.decisions, asOf, desk);
    const parts = [
      ...(bill === undefined
        ? []
        : [
            accountSpend(bill, { asOf, ...(typeof budgetUsd === 'string' ? { budgetUsd } : {}) }),
            spendCourse(bill, asOf),
            realisedResult(bill, decisions, asOf),
            ...(typeof question === 'string' ? [answerClaims(bill, question, asOf)] : []),
          ]),
      awsBudgetResult(bill, answers.budgets, asOf),
      awsPerformanceResult(answers.histories),
    ];
    return {
      kind: 'budget',
      claims: parts.flatMap(({ claims }) => claims),
      notes: parts.flatMap(({ notes }) => notes),
    };
  },
};

/** The decisions of a session without any. */
const NOTHING = { decisions: [] } as const;
