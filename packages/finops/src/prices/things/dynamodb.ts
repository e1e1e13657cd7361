import { Decimal, HOURS_PER_MONTH } from '../../money.ts';
import { type Amount, type Usage, meterIfUsed } from '../usage.ts';

/** A DynamoDB table in the Standard class over a month; give capacity units or request units, as its billing mode says. */
export interface DynamodbTable {
  readonly region: string;
  /** Provisioned units, on average over the month. */
  readonly writeCapacity?: Amount;
  readonly readCapacity?: Amount;
  /** On-demand request units. */
  readonly writeRequests?: Amount;
  readonly readRequests?: Amount;
  readonly storageGb?: Amount;
  readonly pitrGb?: Amount;
  readonly backupGb?: Amount;
  readonly restoredGb?: Amount;
  readonly streamReads?: Amount;
}

/** What a table uses in a month: capacity or requests, storage, backups, streams. */
export function dynamodbTable(table: DynamodbTable): readonly Usage[] {
  const key = (part: string) => `dynamodb/${table.region}/${part}`;
  return [
    ...meterIfUsed('Write capacity unit (WCU)', key('wcu/hour'), hoursOf(table.writeCapacity)),
    ...meterIfUsed('Read capacity unit (RCU)', key('rcu/hour'), hoursOf(table.readCapacity)),
    ...meterIfUsed('Write request unit (WRU)', key('wru/million'), millionsOf(table.writeRequests)),
    ...meterIfUsed('Read request unit (RRU)', key('rru/million'), millionsOf(table.readRequests)),
    ...meterIfUsed('Data storage', key('storage/gb-month'), table.storageGb),
    ...meterIfUsed('Point-In-Time Recovery (PITR) backup storage', key('pitr/gb-month'), table.pitrGb),
    ...meterIfUsed('On-demand backup storage', key('backup/gb-month'), table.backupGb),
    ...meterIfUsed('Table data restored', key('restore/gb'), table.restoredGb),
    ...meterIfUsed('Streams read request unit (sRRU)', key('stream-read/million'), millionsOf(table.streamReads)),
  ];
}

const hoursOf = (units: Amount | undefined) =>
  units === undefined ? undefined : new Decimal(units).times(HOURS_PER_MONTH);

const millionsOf = (requests: Amount | undefined) =>
  requests === undefined ? undefined : new Decimal(requests).div(1_000_000);
