import { chance } from '../../demo/chance.ts';

/** The kinds of resources of the fleet. */
export const KINDS = ['instance', 'volume', 'database', 'function', 'table', 'nat', 'endpoint'] as const;
export type Kind = (typeof KINDS)[number];

/** One resource: its number decides everything about it. */
export interface FleetResource {
  readonly kind: Kind;
  /** Its number among those of its kind. */
  readonly n: number;
  readonly region: string;
}

/** Of every hundred resources: how many of each kind. An own choice: mostly machines and their disks, as recorded estates have. */
const OF_A_HUNDRED: readonly (readonly [Kind, number])[] = [
  ['instance', 40],
  ['volume', 40],
  ['database', 5],
  ['function', 8],
  ['table', 3],
  ['nat', 2],
  ['endpoint', 2],
];

/** Of every five hundreds: where they are. */
const REGIONS = ['us-east-1', 'us-east-1', 'us-east-1', 'eu-west-1', 'us-west-2'];

/** The account of the fleet. */
export const ACCOUNT = '123456789012';

/** `count` resources, a multiple of 100 and mostly of 500; a volume lies where the instance of its number does. */
export function* fleet(count: number): Generator<FleetResource> {
  for (let hundred = 0; hundred * 100 < count; hundred += 1) {
    const region = REGIONS[hundred % REGIONS.length] ?? '';
    for (const [kind, share] of OF_A_HUNDRED) {
      for (let n = hundred * share; n < (hundred + 1) * share; n += 1) yield { kind, n, region };
    }
  }
}

/** A whole number below 100 that only the resource and the question decide. */
export const percent = ({ kind, n }: Pick<FleetResource, 'kind' | 'n'>, question: string): number =>
  chance(`${kind} ${n} ${question}`).whole(0, 99);

/** An id as EC2 gives out. */
export const hexId = (prefix: string, n: number): string =>
  `${prefix}-0${(n * 2_654_435_761).toString(16).padStart(16, 'a').slice(-16)}`;

/** The name or id CloudWatch and the answers know a resource by. */
export function idOf({ kind, n }: Pick<FleetResource, 'kind' | 'n'>): string {
  if (kind === 'instance') return hexId('i', n);
  if (kind === 'volume') return hexId('vol', n);
  if (kind === 'nat') return hexId('nat', n);
  if (kind === 'endpoint') return hexId('vpce', n);
  return `${kind}-${n}`;
}

/** How much a resource has to do: waste is idle or nearly so. */
export function loadOf(resource: FleetResource): 'gone' | 'idle' | 'light' | 'busy' {
  const at = percent(resource, 'load');
  if (at < 5) return 'gone';
  if (at < 15) return 'idle';
  return at < 35 ? 'light' : 'busy';
}
