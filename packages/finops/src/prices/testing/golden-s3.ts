import { type S3Class, s3Bucket } from '../things/s3.ts';
import { type Usage, meter } from '../usage.ts';
import type { GoldenLine } from './golden-file.ts';
import type { Reading } from './golden-things.ts';

/** The test leaves the region out: its provider runs in us-east-1, whose prices it prints. */
const REGION = 'us-east-1';

/** One bucket with all classes, in this order; each class starts with its storage line. */
const CLASSES: readonly S3Class[] = [
  'standard',
  'intelligent-tiering-frequent',
  'standard-ia',
  'one-zone-ia',
  'glacier-flexible',
  'glacier-deep-archive',
];

const TIERS: Readonly<Record<string, S3Class>> = {
  'frequent access': 'intelligent-tiering-frequent',
  'infrequent access': 'intelligent-tiering-infrequent',
  'archive access': 'intelligent-tiering-archive',
  'deep archive access': 'intelligent-tiering-deep-archive',
};

const FIELDS: Readonly<Record<string, string>> = {
  Storage: 'gbMonths',
  'PUT, COPY, POST, LIST requests': 'writeThousands',
  'GET, SELECT, and all other requests': 'readThousands',
  'Lifecycle transition': 'transitionThousands',
  'Monitoring and automation': 'monitoredThousands',
  Retrievals: 'retrievedGb',
};

/** How the lines of the bucket test read. */
export const S3_READINGS: readonly Reading[] = [
  {
    tests: /^s3_bucket_v3$/,
    component: /^Storage \((.+)\)$/,
    usage: (line, [, tier = '']) => used(line, 'Storage', TIERS[tier]),
  },
  {
    tests: /^s3_bucket_v3$/,
    component: /^(Storage|PUT, .*|GET, .*|Lifecycle transition|Monitoring and automation|Retrievals)$/,
    usage: (line, [, what = '']) => used(line, what, classOf(line)),
  },
  {
    tests: /^s3_bucket_v3$/,
    component: /^(Retrieval requests|Retrievals) \((standard|expedited|bulk)\)$/,
    usage: (line, [, what, speed]) => {
      const key = what === 'Retrievals' ? `retrieval-${speed}-gb` : `retrieval-${speed}-request-thousand`;
      return meter(line.component, `s3/${REGION}/${classOf(line)}/${key}`, line.quantity || '1');
    },
  },
  {
    tests: /^s3_bucket_v3$/,
    component: /^Early delete \(within \d+ days\)$/,
    // The rest of the minimum duration is charged at the storage price of the class.
    usage: (line) => used(line, 'Storage', classOf(line)),
  },
];

function used(line: GoldenLine, what: string, storageClass: S3Class | undefined): Usage | undefined {
  const field = FIELDS[what];
  if (storageClass === undefined || field === undefined) return undefined;
  return s3Bucket({ region: REGION, storageClass, [field]: line.quantity || '1' })[0];
}

function classOf(line: GoldenLine): S3Class | undefined {
  const through = line.siblings.slice(0, line.siblings.indexOf(line) + 1);
  const starts = through.filter(({ component }) => /^Storage( \(frequent access\))?$/.test(component));
  return CLASSES[starts.length - 1];
}
