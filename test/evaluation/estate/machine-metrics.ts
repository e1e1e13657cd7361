import type { Need } from './machine-truth.ts';
import type { MetricLine } from './planned.ts';
import { type Demand, line, steady } from './workload.ts';

const MB = 1_000_000;

/** What a machine did, as CloudWatch and, where there is one, its agent say it. */
export function machineMetrics(id: string, role: string, demand: Demand, need: Need): MetricLine[] {
  const at = { namespace: 'AWS/EC2', dimensions: { InstanceId: id }, demand };
  const isQuiet = role === 'forgotten' || role === 'standby';
  const traffic = isQuiet ? 0 : 900 * MB * need.cpu;
  // An agent and the clock talk 2 MB a day; a standby takes in every change of the machine it stands in for.
  const incoming = role === 'standby' ? 30 * MB : 0.05 * MB;
  const processor = { ...at, metric: 'CPUUtilization', most: 100, places: 2 };
  const peak = isQuiet ? 0 : need.cpu * 100;
  // The mean of an hour is three fifths of its busiest minutes.
  const cpu = [
    line({ ...processor, stat: 'Maximum', peak, rest: 1.2 }),
    line({ ...processor, stat: 'Average', peak: peak * 0.6, rest: 0.72 }),
  ];
  const network = [
    line({ ...at, metric: 'NetworkIn', stat: 'Sum', peak: traffic, rest: incoming }),
    line({ ...at, metric: 'NetworkOut', stat: 'Sum', peak: traffic * 2, rest: 0.03 * MB }),
  ];
  if (!need.hasAgent) return [...cpu, ...network];
  const memory = { ...at, namespace: 'CWAgent', metric: 'mem_used_percent', stat: 'Maximum' as const, demand: steady };
  return [
    ...cpu,
    ...network,
    line({ ...memory, peak: role === 'standby' ? 12 : need.memory * 100, most: 100, places: 2 }),
  ];
}
