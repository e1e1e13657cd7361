import type { Subject } from '@infrafabric/finops';
import { decideEksStep, eksWayOut } from './decision.ts';

/** The sentence that names a cluster's next hop, its decision, and the hops after it. */
export function eksPathText(subject: Subject, version: string): string {
  const lifecycleOf = (key: string) => subject.lifecycle(key)?.value;
  const plan = eksWayOut(version, subject.asOf, lifecycleOf);
  const [next, ...later] = 'hops' in plan ? plan.hops : [];
  if (next === undefined) return 'The table knows no later version.';
  const { decision, reasons } = decideEksStep({ from: version, to: next }, subject.asOf, lifecycleOf);
  const word = { GO: 'go', CAUTION: 'caution', NO_GO: 'no-go' }[decision];
  const because = reasons.length === 0 ? '' : `, ${reasons.join('; ')}`;
  return `Next hop: ${next} (${word}${because})${later.length === 0 ? '' : `, then ${later.join(', ')}`}.`;
}
