import { type Amount, type Usage, meterIfUsed } from '../usage.ts';

/** S3 storage classes as the price keys spell them. Intelligent-Tiering is charged by the tier that objects are in. */
export type S3Class =
  | 'standard'
  | 'standard-ia'
  | 'one-zone-ia'
  | 'glacier-instant'
  | 'glacier-flexible'
  | 'glacier-deep-archive'
  | 'intelligent-tiering-frequent'
  | 'intelligent-tiering-infrequent'
  | 'intelligent-tiering-archive'
  | 'intelligent-tiering-deep-archive';

/** What one bucket keeps and does in one storage class over a month. */
export interface S3Usage {
  readonly region: string;
  readonly storageClass: S3Class;
  readonly gbMonths?: Amount;
  /** Thousands of PUT, COPY, POST and LIST requests. */
  readonly writeThousands?: Amount;
  /** Thousands of GET, SELECT and all other requests. */
  readonly readThousands?: Amount;
  /** Thousands of objects that a life-cycle rule moves into this class. */
  readonly transitionThousands?: Amount;
  readonly retrievedGb?: Amount;
  /** Thousands of objects that Intelligent-Tiering watches. */
  readonly monitoredThousands?: Amount;
}

/** What a bucket uses in one storage class: storage (tiered for Standard), requests, transitions and retrieval. */
export function s3Bucket(use: S3Usage): readonly Usage[] {
  const { region, storageClass } = use;
  const key = (part: string) => `s3/${region}/${storageClass}/${part}`;
  return [
    ...meterIfUsed('Storage', key('gb-month'), use.gbMonths),
    ...meterIfUsed('PUT, COPY, POST, LIST requests', key('write-thousand'), use.writeThousands),
    ...meterIfUsed('GET, SELECT, and all other requests', key('read-thousand'), use.readThousands),
    ...meterIfUsed('Lifecycle transition', key('transition-thousand'), use.transitionThousands),
    ...meterIfUsed('Retrievals', key('retrieval-gb'), use.retrievedGb),
    ...meterIfUsed(
      'Monitoring and automation',
      `s3/${region}/intelligent-tiering-monitoring/thousand-objects-month`,
      use.monitoredThousands,
    ),
  ];
}
