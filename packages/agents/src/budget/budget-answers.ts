import type { BudgetAnswer, InputFile } from '@infrafabric/finops';
import { type Citation, isJsonObject } from '@infrafabric/protocol';
import type { Desk } from '../desk.ts';

/** What AWS answered about budgets, item by item, each budget once. */
export interface BudgetAnswers {
  readonly budgets: readonly BudgetAnswer[];
  readonly histories: readonly BudgetAnswer[];
}

/** Reads the answers of `DescribeBudgets` and `DescribeBudgetPerformanceHistory`; what has another shape is left out. */
export async function readBudgetAnswers(files: readonly InputFile[], desk: Desk): Promise<BudgetAnswers> {
  const budgets = new Map<string, BudgetAnswer>();
  const histories = new Map<string, BudgetAnswer>();
  for (const file of files) {
    const document = await desk.document(file.evidence);
    if (!isJsonObject(document)) continue;
    const answerAt = (pointer: string, item: BudgetAnswer['item']): BudgetAnswer => {
      const citation: Citation = { evidence: file.evidence, pointer, media_type: 'application/json' };
      return { item, citation, account: file.account };
    };
    const { Budgets: listed, BudgetPerformanceHistory: history } = document;
    for (const [at, item] of Array.isArray(listed) ? listed.entries() : []) {
      budgets.set(keyOf(file, item), answerAt(`/Budgets/${at}`, item));
    }
    if (history !== undefined) histories.set(keyOf(file, history), answerAt('/BudgetPerformanceHistory', history));
  }
  return { budgets: [...budgets.values()], histories: [...histories.values()] };
}

function keyOf({ account = '' }: InputFile, item: BudgetAnswer['item']): string {
  return `${account} ${isJsonObject(item) ? JSON.stringify(item['BudgetName'] ?? null) : JSON.stringify(item)}`;
}
