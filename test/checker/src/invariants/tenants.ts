import type { HistoryIndex } from '../history-index.ts';
import type { Found, Invariant } from '../invariant.ts';

export const TENANTS: Invariant = {
  id: 'I22',
  says: 'A session of one tenant never touches keys of another.',
  check: ({ entries, processes }) =>
    entries.flatMap((entry, seq) => {
      if ((entry.kind !== 'write' && entry.kind !== 'blob') || entry.tenant === undefined) return [];
      const own = processes.get(entry.by)?.tenant;
      return own === undefined || own === entry.tenant
        ? []
        : [{ seq, message: `${entry.by} of tenant ${own} wrote a key of tenant ${entry.tenant}` }];
    }),
};

export const SECRETS: Invariant = {
  id: 'I21',
  says: 'No secret is in a report, an error or a log.',
  check: (index) => index.world.secrets.flatMap((secret) => shown(secret, index)),
};

function shown(secret: string, { entries, tasks, sessions }: HistoryIndex): Found[] {
  const texts = entries.flatMap((entry, seq) =>
    (entry.kind === 'report' || entry.kind === 'text') && entry.text.includes(secret)
      ? [{ seq, message: `a secret is in a ${entry.kind}` }]
      : [],
  );
  const errors = [...tasks.values(), ...sessions.values()].flatMap(({ name, steps, last }) =>
    last?.message?.includes(secret) === true
      ? [{ seq: steps.at(-1)?.seq ?? 0, message: `a secret is in the reason of ${name}` }]
      : [],
  );
  return [...texts, ...errors];
}
