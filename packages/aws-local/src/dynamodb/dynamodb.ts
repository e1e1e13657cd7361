import type { Clock } from '@infrafabric/protocol';
import type { Database } from '../engine/database.ts';
import { actionMaker } from '../wire/action.ts';
import type { JsonService } from '../wire/json.ts';
import { batchActions } from './batch-actions.ts';
import { itemActions } from './item-actions.ts';
import { ItemTable } from './item-table.ts';
import { queryActions } from './query-actions.ts';
import type { DynamoState } from './state.ts';
import { tableActions } from './table-actions.ts';
import { TableCatalogue } from './table.ts';
import { updateActions } from './update-action.ts';

/** Opens the DynamoDB tables of a file. Secondary indexes, transactions, streams and PartiQL are refused by name. */
export function openDynamo(db: Database, clock: Clock): JsonService {
  const state: DynamoState = {
    clock,
    tables: new TableCatalogue(db),
    items: new ItemTable(db, clock),
    make: actionMaker(db, { missing: 'ValidationException', invalid: 'ValidationException' }),
  };
  return {
    actions: {
      ...tableActions(state),
      ...itemActions(state),
      ...updateActions(state),
      ...queryActions(state),
      ...batchActions(state),
    },
    version: '1.0',
    namespace: 'com.amazonaws.dynamodb.v20120810#',
    unknownOperation: 'UnknownOperationException',
  };
}
