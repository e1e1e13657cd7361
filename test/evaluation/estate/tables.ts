import { ec2Id } from '../../demo/chance.ts';
import type { Draw } from './draw.ts';
import { byHour, chargedPrice, listPrice } from './money.ts';
import { ACCOUNT, type Planned, type Site, type Truth } from './planned.ts';
import type { WasteKind } from '../truth.ts';
import { line, never, steady } from './workload.ts';

/** AWS's own target of table auto scaling: a table that follows its load keeps this share of its units busy. */
const FOLLOWING = 0.7;

/** A table with provisioned units: constant low traffic under a size chosen for a launch, well used, or unused. */
export function table({ draw, name, region, terms }: Site): Planned {
  const role = draw.weighted({ 'sized for a launch': 40, 'well used': 32, unused: 20, 'somewhat large': 8 });
  const id = `table-${ec2Id('t', name).slice(3, 13)}`;
  const units = { read: draw.whole(20, 400), write: draw.whole(20, 300) };
  const share = shareOf(role, draw);
  const peak = { read: units.read * share, write: units.write * share };
  const sizeGb = draw.whole(1, 80);
  const at = `dynamodb/${region}`;
  const price = {
    read: listPrice(`${at}/rcu/hour`),
    write: listPrice(`${at}/wcu/hour`),
    gb: listPrice(`${at}/storage/gb-month`),
  };
  const spare = (kind: 'read' | 'write'): number =>
    Math.max(0, units[kind] - Math.max(1, Math.ceil(peak[kind] / FOLLOWING)));
  const hours = (read: number, write: number): number | 'unpriced' =>
    price.read === undefined || price.write === undefined
      ? 'unpriced'
      : byHour(price.read * read + price.write * write, terms);
  const oversized = hours(spare('read'), spare('write'));
  const all = hours(units.read, units.write);
  const unused =
    all === 'unpriced' || price.gb === undefined ? 'unpriced' : all + price.gb * sizeGb * (1 - terms.discount);
  const request = { read: listPrice(`${at}/rru/million`), write: listPrice(`${at}/wru/million`) };
  // A request a second, all month, in millions.
  const month = (730.56 * 3600) / 1e6;
  const requests =
    request.read === undefined || request.write === undefined
      ? undefined
      : (request.read * peak.read + request.write * peak.write) * month * 0.95 * (1 - terms.discount);
  const onDemand = all === 'unpriced' || requests === undefined ? 'unpriced' : all - requests;
  const consumed = (metric: string, value: number) =>
    line({
      namespace: 'AWS/DynamoDB',
      dimensions: { TableName: id },
      metric,
      stat: 'Sum',
      demand: share === 0 ? never : steady,
      peak: value * 3600,
    });
  return {
    type: 'DynamoDbTable',
    id,
    region,
    workload: role,
    pieces: [
      {
        client: 'dynamodb',
        operation: 'DescribeTable',
        item: {
          Table: {
            TableName: id,
            TableStatus: 'ACTIVE',
            TableArn: arnOfTable(region, id),
            TableSizeBytes: sizeGb * 2 ** 30,
            ProvisionedThroughput: { ReadCapacityUnits: units.read, WriteCapacityUnits: units.write },
          },
        },
      },
    ],
    lines: [consumed('ConsumedReadCapacityUnits', peak.read), consumed('ConsumedWriteCapacityUnits', peak.write)],
    billedAs: arnOfTable(region, id),
    charges: [
      {
        service: 'Amazon DynamoDB',
        what: 'capacity units',
        usdHour: chargedPrice(`${at}/rcu/hour`) * units.read + chargedPrice(`${at}/wcu/hour`) * units.write,
      },
      { service: 'Amazon DynamoDB', what: 'storage', usdMonth: chargedPrice(`${at}/storage/gb-month`) * sizeGb },
    ],
    ...tableTruth(role, { oversized, onDemand, unused }),
  };
}

const arnOfTable = (region: string, id: string): string => `arn:aws:dynamodb:${region}:${ACCOUNT}:table/${id}`;

function shareOf(role: string, draw: Draw): number {
  if (role === 'unused') return 0;
  if (role === 'sized for a launch') return draw.between(0.02, 0.3);
  return role === 'well used' ? draw.between(0.8, 0.98) : draw.between(0.35, 0.7);
}

interface Worth {
  readonly oversized: number | 'unpriced';
  readonly onDemand: number | 'unpriced';
  readonly unused: number | 'unpriced';
}

function tableTruth(role: string, { oversized, onDemand, unused }: Worth): Pick<Planned, 'waste' | 'best'> {
  const isCheaper = onDemand === 'unpriced' || onDemand >= 0.005;
  const waste: Partial<Record<WasteKind, Truth>> = isCheaper
    ? { 'table with requests cheaper one by one': onDemand }
    : {};
  if (role === 'well used') return { waste, ...(isCheaper ? {} : { best: 0 }) };
  const kind = 'table sized for a peak that never comes';
  if (role === 'somewhat large') return { waste: { ...waste, [kind]: 'unclear' } };
  const all = [oversized, onDemand, ...(role === 'unused' ? [unused] : [])];
  const known = all.filter((one) => one !== 'unpriced');
  return {
    waste: { ...waste, [kind]: oversized, ...(role === 'unused' ? { 'table nobody uses': unused } : {}) },
    ...(known.length < all.length ? {} : { best: Math.max(...known) }),
  };
}
