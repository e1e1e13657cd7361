import { ec2Id } from './chance.ts';
import type { Environment, Region } from './sample.ts';

/** How an instance is used: what its CPU and network metrics look like; `unmeasured` has none. */
export type Load = 'busy' | 'quiet' | 'idle' | 'unmeasured';

/** An instance of the sample. */
export interface Machine {
  readonly name: string;
  readonly region: Region;
  readonly type: string;
  readonly arch: 'x86_64' | 'arm64';
  readonly environment: Environment;
  readonly service: string;
  readonly launched: string;
  readonly load: Load;
  /** Lowest and highest memory in use, percent, where the CloudWatch agent runs. */
  readonly memory?: readonly [number, number];
  /** Since when it is stopped, as AWS prints it. */
  readonly stopped?: string;
  /** USD an hour under the Savings Plan. */
  readonly coveredAt?: string;
  readonly rootGib: number;
  readonly rootType: 'gp2' | 'gp3';
  /** Name of an own image; default: an image of Amazon. */
  readonly image?: string;
  readonly extraTags?: readonly { readonly Key: string; readonly Value: string }[];
}

/** Every instance. */
export const FLEET: readonly Machine[] = [
  {
    name: 'web-prod-1',
    region: 'us-east-1',
    type: 'm7g.large',
    arch: 'arm64',
    environment: 'prod',
    service: 'web',
    launched: '2026-03-12T08:41:10+00:00',
    load: 'busy',
    rootGib: 30,
    rootType: 'gp3',
    extraTags: [
      { Key: 'eks:cluster-name', Value: 'platform-prod' },
      { Key: 'eks:nodegroup-name', Value: 'apps' },
    ],
  },
  {
    name: 'worker-prod-1',
    region: 'us-east-1',
    type: 'm5.xlarge',
    arch: 'x86_64',
    environment: 'prod',
    service: 'tracking',
    launched: '2025-06-03T14:05:52+00:00',
    load: 'busy',
    coveredAt: '0.1392',
    rootGib: 40,
    rootType: 'gp3',
  },
  {
    name: 'search-prod-1',
    region: 'us-east-1',
    type: 'r7g.xlarge',
    arch: 'arm64',
    environment: 'prod',
    service: 'search',
    launched: '2025-11-20T10:17:31+00:00',
    load: 'quiet',
    memory: [24, 33],
    rootGib: 20,
    rootType: 'gp3',
  },
  {
    name: 'reports-prod-1',
    region: 'us-east-1',
    type: 'r7g.xlarge',
    arch: 'arm64',
    environment: 'prod',
    service: 'reporting',
    launched: '2026-01-27T09:30:04+00:00',
    load: 'quiet',
    memory: [66, 74],
    rootGib: 20,
    rootType: 'gp3',
  },
  {
    name: 'legacy-crm',
    region: 'us-east-1',
    type: 'm4.xlarge',
    arch: 'x86_64',
    environment: 'prod',
    service: 'crm',
    launched: '2019-05-08T12:02:44+00:00',
    load: 'idle',
    rootGib: 100,
    rootType: 'gp2',
  },
  {
    name: 'pricing-batch',
    region: 'us-east-1',
    type: 'c4.large',
    arch: 'x86_64',
    environment: 'prod',
    service: 'pricing',
    launched: '2020-02-19T07:55:20+00:00',
    load: 'busy',
    rootGib: 20,
    rootType: 'gp3',
  },
  {
    name: 'etl-prod-1',
    region: 'us-east-1',
    type: 'r5.xlarge',
    arch: 'x86_64',
    environment: 'prod',
    service: 'reporting',
    launched: '2023-10-02T06:12:09+00:00',
    load: 'quiet',
    memory: [22, 35],
    rootGib: 30,
    rootType: 'gp3',
  },
  {
    name: 'staging-web',
    region: 'us-east-1',
    type: 't3.medium',
    arch: 'x86_64',
    environment: 'staging',
    service: 'web',
    launched: '2024-08-14T15:48:36+00:00',
    load: 'busy',
    rootGib: 20,
    rootType: 'gp3',
  },
  {
    name: 'label-printer-gateway',
    region: 'us-east-1',
    type: 'm7g.medium',
    arch: 'arm64',
    environment: 'prod',
    service: 'labels',
    launched: '2025-04-22T11:23:58+00:00',
    load: 'unmeasured',
    rootGib: 16,
    rootType: 'gp3',
    image: 'label-printer-2025-04',
  },
  {
    name: 'migration-runner',
    region: 'us-east-1',
    type: 'm5.large',
    arch: 'x86_64',
    environment: 'dev',
    service: 'migration',
    launched: '2025-09-16T13:00:12+00:00',
    load: 'unmeasured',
    stopped: '2026-08-03 16:22:41 GMT',
    rootGib: 120,
    rootType: 'gp2',
  },
  {
    name: 'eu-web-1',
    region: 'eu-west-1',
    type: 'm7g.large',
    arch: 'arm64',
    environment: 'prod',
    service: 'web',
    launched: '2026-02-18T08:11:40+00:00',
    load: 'busy',
    rootGib: 30,
    rootType: 'gp3',
  },
  {
    name: 'eu-legacy-api',
    region: 'eu-west-1',
    type: 'm4.large',
    arch: 'x86_64',
    environment: 'prod',
    service: 'api',
    launched: '2019-11-27T10:40:05+00:00',
    load: 'busy',
    rootGib: 30,
    rootType: 'gp3',
  },
  {
    name: 'eu-preview',
    region: 'eu-west-1',
    type: 'm7g.medium',
    arch: 'arm64',
    environment: 'dev',
    service: 'web',
    launched: '2026-06-30T12:34:56+00:00',
    load: 'idle',
    rootGib: 8,
    rootType: 'gp3',
  },
];

/** The id of an instance of the fleet. */
export const instanceId = (name: string): string => ec2Id('i', name);

/** The id of the root volume of an instance. */
export const rootVolumeId = (name: string): string => ec2Id('vol', `${name} root`);

/** The machine of a name. */
export function machine(name: string): Machine {
  const found = FLEET.find((one) => one.name === name);
  if (found === undefined) throw new Error(`the demo sample has no machine ${name}`);
  return found;
}
