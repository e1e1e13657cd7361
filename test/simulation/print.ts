import { execFileSync } from 'node:child_process';
import type { Intensity } from './scenario.ts';
import type { Counts } from './seed-report.ts';
import type { Summary } from './summary.ts';

/** Prints what many seeds came to, for people. */
export function printSummary(summary: Summary): void {
  const { seeds, seconds, tasks, events, modelCalls, failing } = summary;
  console.log(`${seeds} seeds in ${seconds.toFixed(1)} s (${(seeds / seconds).toFixed(1)} a second), ${events} events`);
  console.log(`sessions: ${listed(summary.sessions)}; ${tasks} tasks; gaps: ${listed(summary.gaps)}`);
  console.log(`calls of a model that were paid for: ${modelCalls}`);
  console.log(`faults: ${listed(summary.faults)}`);
  console.log(`crashes by point: ${listed(summary.crashes)}`);
  console.log(`forged and replayed: ${listed(summary.forged)}`);
  console.log(`refused: ${listed(summary.refusals)}`);
  console.log(`seeds that broke a promise: ${failing.length}`);
}

/** Prints each broken promise with how to see it again. */
export function printViolations({ failing }: Summary, intensity: Intensity | undefined): void {
  const suffix = intensity === undefined ? '' : ` --intensity ${intensity}`;
  for (const { seed, violations } of failing) {
    console.log(`\nseed ${seed} at commit ${commit()}:`);
    for (const { invariant, seq, message } of violations.slice(0, 5))
      console.log(`  ${invariant} at ${seq}: ${message}`);
    console.log(`  fewer faults: node test/simulation/main.ts --seed ${seed}${suffix} --shrink`);
    console.log(`  again: node test/simulation/main.ts --seed ${seed}${suffix} --trace`);
  }
}

function listed(counts: Counts): string {
  const names = Object.entries(counts).sort(([a], [b]) => (a < b ? -1 : 1));
  return names.length === 0 ? 'none' : names.map(([name, n]) => `${name} ${n}`).join(', ');
}

function commit(): string {
  return execFileSync('git', ['rev-parse', '--short', 'HEAD'], { cwd: import.meta.dirname, encoding: 'utf8' }).trim();
}
