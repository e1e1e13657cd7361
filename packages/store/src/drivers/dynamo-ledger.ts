import type { Ledger } from '@infrafabric/protocol';
import { ledgerOf } from '../ledger-item.ts';
import type { DynamoOptions } from './dynamo-state.ts';
import { dynamoTable } from './dynamo-table.ts';

/** Budgets in the table of state: pk `t#<tenant>#ledger`, sk the name of the budget. */
export function dynamoLedger(options: DynamoOptions): Ledger {
  const table = dynamoTable(options);
  const keyOf = (budget: string) => ({ pk: `t#${options.tenant}#ledger`, sk: budget });
  return ledgerOf({
    create: async (budget, item) => void (await table.create(keyOf(budget), item)),
    get: (budget) => table.get(keyOf(budget)),
    update: (budget, change) => table.update(keyOf(budget), change),
  });
}
