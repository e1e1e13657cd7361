import type { JsonObject } from '@infrafabric/protocol';
import type { Observed } from '../../model/resource.ts';
import { anObserved } from '../../testing/index.ts';

/** An available single-AZ MySQL db.m5.large with 100 GiB gp2; `item` replaces single fields. */
export const aDatabase = (item: JsonObject = {}): Observed =>
  anObserved('RdsDbInstance', 'orders', {
    DBInstanceIdentifier: 'orders',
    DBInstanceClass: 'db.m5.large',
    DBInstanceStatus: 'available',
    Engine: 'mysql',
    EngineVersion: '8.4.6',
    MultiAZ: false,
    StorageType: 'gp2',
    AllocatedStorage: 100,
    TagList: [],
    ...item,
  });
