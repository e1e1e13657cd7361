import { sumOf } from './machine-work.ts';
import type { MetricLine } from './planned.ts';
import type { MachineType } from './types.ts';
import type { Work } from './work.ts';
import { type Demand, line, steady } from './workload.ts';

const MB = 1_000_000;

/** A machine that was seen. */
interface Seen {
  readonly id: string;
  readonly role: string;
  readonly bought: MachineType;
  readonly demand: Demand;
  readonly work: Work;
  readonly hasAgent: boolean;
  /** Metric lines of its disks. */
  readonly disks: readonly MetricLine[];
}

/** What a machine did, as CloudWatch and, where there is one, its agent say it. */
export function machineMetrics(seen: Seen): MetricLine[] {
  const { id, role, bought, work } = seen;
  const at = { namespace: 'AWS/EC2', dimensions: { InstanceId: id }, demand: seen.demand };
  const isQuiet = role === 'forgotten' || role === 'standby';
  const hourly = isQuiet ? 0 : (work.gbps.peak * 1e9 * 3600) / 8;
  // An agent and the clock talk 2 MB a day; a standby takes in every change of the machine it stands in for.
  const incoming = role === 'standby' ? 30 * MB : 0.05 * MB;
  const processor = { ...at, metric: 'CPUUtilization', most: 100, places: 2 };
  const peak = isQuiet ? 0 : (work.vcpus / bought.vcpus) * 100;
  const rest = (work.rest / bought.vcpus) * 100;
  return [
    line({ ...processor, stat: 'Maximum', peak, rest: 1.2 }),
    line({ ...processor, stat: 'Average', peak: peak * work.meanShare, rest }),
    line({ ...at, metric: 'NetworkIn', stat: 'Sum', peak: hourly / 2, rest: incoming }),
    line({ ...at, metric: 'NetworkOut', stat: 'Sum', peak: hourly, rest: 0.03 * MB }),
    ...diskMetrics(seen),
    ...memoryMetrics(seen),
  ];
}

/** Machines on Nitro count what their disks do. Source: EC2 user guide, "Amazon EBS metrics for Nitro-based instances", read 2026-11-21. */
function diskMetrics({ id, bought, disks }: Seen): MetricLine[] {
  if (bought.generation < 5) return [];
  return ['ReadOps', 'WriteOps', 'ReadBytes', 'WriteBytes'].flatMap((what): MetricLine[] => {
    const lines = disks.filter((one) => one.metric === `Volume${what}`);
    const [first] = lines;
    return first === undefined
      ? []
      : [
          {
            ...first,
            namespace: 'AWS/EC2',
            metric: `EBS${what}`,
            dimensions: { InstanceId: id },
            values: sumOf(lines),
          },
        ];
  });
}

function memoryMetrics({ id, role, bought, work, hasAgent }: Seen): MetricLine[] {
  if (!hasAgent) return [];
  const peak = role === 'standby' ? 12 : (work.gib / bought.gib) * 100;
  const dimensions = { InstanceId: id };
  const measured = { namespace: 'CWAgent', dimensions, metric: 'mem_used_percent', stat: 'Maximum' as const };
  return [line({ ...measured, demand: steady, peak, most: 100, places: 2 })];
}
