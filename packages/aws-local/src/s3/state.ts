import type { Clock } from '@infrafabric/protocol';
import type { Database } from '../engine/database.ts';
import type { ObjectTable } from './object-table.ts';

/** What every S3 operation works with. */
export interface S3State {
  readonly db: Database;
  readonly clock: Clock;
  readonly objects: ObjectTable;
}

/** The XML namespace of S3 documents. */
export const S3_NAMESPACE = 'http://s3.amazonaws.com/doc/2006-03-01/';
