import { image, snapshot } from './backups.ts';
import { fileSystem, nodeGroup, notebook, scalingGroup } from './capacity.ts';
import { alarm, logGroup, secret } from './housekeeping.ts';
import { database, databaseSnapshot } from './databases.ts';
import { dataDisk } from './disks.ts';
import { openDraw } from './draw.ts';
import { machine } from './machines.ts';
import { balancer, classicBalancer } from './balancers.ts';
import { address, endpoint, gateway } from './network.ts';
import { cache, lambda, searchDomain } from './platform.ts';
import { encryptionKey, stream, warehouse } from './streams.ts';
import { table } from './tables.ts';
import type { Planned, Site, Terms } from './planned.ts';

/** An estate with its agreement. */
export interface Estate {
  readonly terms: Terms;
  readonly resources: readonly Planned[];
}

type Maker = (site: Site, hostOf: (region: string) => string) => Planned | readonly Planned[];

/** Of a thousand resources: how many draws of each maker. A machine brings its root disk, an image its snapshot. */
const OF_A_THOUSAND: readonly (readonly [string, number, Maker])[] = [
  ['machine', 240, machine],
  ['disk', 130, (site, hostOf) => dataDisk(site, hostOf(site.region))],
  ['snapshot', 60, snapshot],
  ['image', 12, image],
  ['address', 25, address],
  ['gateway', 12, gateway],
  ['endpoint', 16, endpoint],
  ['balancer', 20, balancer],
  ['classic', 6, classicBalancer],
  ['database', 40, database],
  ['database snapshot', 14, databaseSnapshot],
  ['table', 36, table],
  ['function', 56, lambda],
  ['cache', 16, cache],
  ['search', 6, searchDomain],
  ['secret', 20, secret],
  ['alarm', 20, alarm],
  ['logs', 20, logGroup],
  ['files', 8, fileSystem],
  ['notebook', 5, notebook],
  ['group', 10, scalingGroup],
  ['nodes', 4, nodeGroup],
  ['stream', 5, stream],
  ['key', 6, encryptionKey],
  ['warehouse', 2, warehouse],
];

/** Where estates stand, of a hundred. Our price table is nearly whole in the first region only. */
const REGIONS = { 'us-east-1': 88, 'us-west-2': 8, 'eu-west-1': 4 } as const;

/** Estate number `n` of a seed: only the three numbers decide what is in it. */
export function makeEstate(seed: string, n: number, resources: number): Estate {
  const estate = `${seed} ${n}`;
  const own = openDraw(`${estate} terms`);
  const terms: Terms = { discount: own.pick([0, 0, 0.05, 0.09, 0.14]), covered: own.pick([0, 0.2, 0.5]) };
  const made: Planned[] = [];
  const hosts = new Map<string, readonly string[]>();
  const names = OF_A_THOUSAND.flatMap(([kind, share, maker]) =>
    Array.from({ length: Math.round((share * resources) / 1000) }, (_, at) => ({ kind, at, maker })),
  );
  for (const { kind, at, maker } of names) {
    const name = `${estate}|${kind} ${at}`;
    const draw = openDraw(name);
    // A disk needs a machine of its region: each region has one.
    const region = kind === 'machine' && at < 3 ? Object.keys(REGIONS)[at]! : draw.weighted(REGIONS);
    const site: Site = { draw, name, region, terms };
    const those = [maker(site, (where) => draw.pick(hosts.get(where) ?? []))].flat();
    made.push(...those);
    for (const one of those.filter(isRunning)) hosts.set(one.region, [...(hosts.get(one.region) ?? []), one.id]);
  }
  return { terms, resources: made };
}

const isRunning = (one: Planned): boolean => one.type === 'Ec2Instance' && one.lines.length > 0;
