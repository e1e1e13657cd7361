import { agedCache, agedDatabase, agedFunction } from './aged.ts';
import { fastDatabase } from './fast-databases.ts';
import { image, snapshot } from './backups.ts';
import { fileSystem, nodeGroup, notebook, scalingGroup } from './capacity.ts';
import { cluster, containerService } from './containers.ts';
import { capacityReservation, dedicatedHost, savingsPlan } from './reserved.ts';
import { attachment, bucket, modelEndpoint } from './serving.ts';
import { alarm, logGroup, secret } from './housekeeping.ts';
import { database, databaseSnapshot } from './databases.ts';
import { dataDisk } from './disks.ts';
import { openDraw } from './draw.ts';
import type { Need } from './disk-truth.ts';
import { type Host, hostOf, machine } from './machines.ts';
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

type Maker = (site: Site) => Planned | readonly Planned[];

/** Of a thousand resources: machines, each of which brings its root disk, and the other disks. */
const MACHINES = 240;
const DISKS = 130;

/** The rest of a thousand: how many draws of each maker. An image brings its snapshot. */
const OF_A_THOUSAND: readonly (readonly [string, number, Maker])[] = [
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
  ['service', 8, containerService],
  ['cluster', 5, cluster],
  ['host', 4, dedicatedHost],
  ['reservation', 5, capacityReservation],
  ['plan', 4, savingsPlan],
  ['attachment', 6, attachment],
  ['model', 4, modelEndpoint],
  ['bucket', 6, bucket],
  ['aged database', 7, agedDatabase],
  ['fast database', 4, fastDatabase],
  ['aged cache', 3, agedCache],
  ['aged function', 8, agedFunction],
];

/** Where estates stand, of a hundred. Our price table is nearly whole in the first region only. */
const HOME = 'us-east-1';
const REGIONS = { [HOME]: 88, 'us-west-2': 8, 'eu-west-1': 4 } as const;

/** Estate number `n` of a seed: only the three numbers decide what is in it. */
export function makeEstate(seed: string, n: number, resources: number): Estate {
  const estate = `${seed} ${n}`;
  const own = openDraw(`${estate} terms`);
  const terms: Terms = { discount: own.pick([0, 0, 0.05, 0.09, 0.14]), covered: own.pick([0, 0.2, 0.5]) };
  const siteOf = (kind: string, at: number): Site => {
    const name = `${estate}|${kind} ${at}`;
    const draw = openDraw(name);
    return { draw, name, region: draw.weighted(REGIONS), terms };
  };
  const sites = (kind: string, share: number): Site[] =>
    Array.from({ length: Math.round((share * resources) / 1000) }, (_, at) => siteOf(kind, at));
  const machines = sites('machine', MACHINES);
  const { disks, heldBy } = attached(sites('disk', DISKS), machines);
  const rest = OF_A_THOUSAND.flatMap(([kind, share, maker]) => sites(kind, share).flatMap((site) => maker(site)));
  return { terms, resources: [...machines.flatMap((site) => machine(site, heldBy(site))), ...disks, ...rest] };
}

interface Attached {
  readonly disks: readonly Planned[];
  /** The disks of a machine. */
  readonly heldBy: (machine: Site) => readonly Planned[];
}

/** Data disks, each of a machine of its region that works and can keep up with it; of home, where the region has none. */
function attached(sites: readonly Site[], machines: readonly Site[]): Attached {
  const hosts = Map.groupBy(
    machines.flatMap((site) => hostOf(site) ?? []),
    (host) => host.region,
  );
  const made = sites.map((site) => {
    const near = hosts.has(site.region) ? site : { ...site, region: HOME };
    const holders: Host[] = [];
    const disk = dataDisk(near, (need) => {
      const holder = hostFor(need, near, hosts.get(near.region) ?? []);
      holders.push(holder);
      return holder.id;
    });
    return { disk, holder: holders[0]?.id };
  });
  const byHolder = Map.groupBy(made, (one) => one.holder);
  return {
    disks: made.map((one) => one.disk),
    heldBy: (site) => (byHolder.get(hostOf(site)?.id ?? 'none') ?? []).map((one) => one.disk),
  };
}

/** One of some machines that has room for the work of a disk; the roomiest when none has. */
function hostFor(need: Need, { draw }: Site, hosts: readonly Host[]): Host {
  const tried = Array.from({ length: 12 }, () => draw.pick(hosts));
  const hasRoom = (host: Host): boolean => host.mibps >= need.mibps && host.iops >= need.iops;
  const host = tried.find(hasRoom) ?? hosts.toSorted((a, b) => b.mibps - a.mibps)[0]!;
  host.mibps -= need.mibps;
  host.iops -= need.iops;
  return host;
}
