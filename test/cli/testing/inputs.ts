import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Writes files below a folder and answers the folder. */
export function writeFiles(folder: string, files: Record<string, string | Uint8Array>): string {
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
  return folder;
}

/** An estate of one unattached gp2 volume in a region that has prices: two findings. */
export function smallEstate(folder: string, name = 'scratch'): string {
  const volume = {
    VolumeId: 'vol-0123456789abcdef0',
    VolumeType: 'gp2',
    Size: 100,
    Iops: 300,
    State: 'available',
    AvailabilityZone: 'us-east-1a',
    CreateTime: '2026-01-05T00:00:00Z',
    Attachments: [],
    Tags: [{ Key: 'Name', Value: name }],
  };
  return writeFiles(folder, {
    '123456789012/us-east-1/ec2.DescribeVolumes.json': JSON.stringify({ Volumes: [volume] }),
  });
}

const COLUMNS = [
  'BilledCost',
  'BillingCurrency',
  'ChargeCategory',
  'ChargePeriodEnd',
  'ChargePeriodStart',
  'ContractedCost',
  'EffectiveCost',
  'ListCost',
  'ProviderName',
  'ServiceName',
  'SubAccountId',
];

const ROW: Record<string, string> = {
  BilledCost: '1.25',
  BillingCurrency: 'USD',
  ChargeCategory: 'Usage',
  ChargePeriodEnd: '2026-11-02T00:00:00Z',
  ChargePeriodStart: '2026-11-01T00:00:00Z',
  ContractedCost: '1.25',
  EffectiveCost: '1.25',
  ListCost: '1.25',
  ProviderName: 'AWS',
  ServiceName: 'Amazon Elastic Block Store',
  SubAccountId: '123456789012',
};

/** A FOCUS 1.0 bill; each row names what differs from a good one. */
export function focusBill(rows: readonly Record<string, string>[], without: readonly string[] = []): string {
  const columns = COLUMNS.filter((column) => !without.includes(column));
  const lines = rows.map((row) => columns.map((column) => row[column] ?? ROW[column]).join(','));
  return `${[columns.join(','), ...lines].join('\n')}\n`;
}
