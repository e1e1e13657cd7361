import type { SessionGauges } from '@infrafabric/runtime';

/** How a session stands, in a few words: the tasks that wait or are in work, by role, and the time since the last progress. */
export function gaugesText({ queueDepth, lastProgressAgeMs }: SessionGauges): string {
  const depths = Object.entries(queueDepth).filter(([, depth]) => depth > 0);
  const queue = depths.length === 0 ? 'empty' : depths.map(([role, depth]) => `${role} ${depth}`).join(' · ');
  return `queue ${queue}; last progress ${ageText(lastProgressAgeMs)} ago`;
}

function ageText(ms: number): string {
  const seconds = Math.floor(ms / 1_000);
  return seconds < 120 ? `${seconds} s` : `${Math.floor(seconds / 60)} min`;
}
