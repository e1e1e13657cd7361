import type { HistoryIndex } from '../history-index.ts';
import type { Found, Invariant } from '../invariant.ts';

export const MESSAGE_IDS: Invariant = {
  id: 'I16',
  says: 'A message id stands for one wire: among the messages one process believed, and among those in items.',
  check: (index) => [...acceptedTwice(index), ...writtenTwice(index)],
};

const HANDLED = new Set(['done', 'refused', 'not-understood', 'dead-lettered']);

function acceptedTwice(index: HistoryIndex): Found[] {
  const seen = new Map<string, string>();
  return index.entries.flatMap((entry, seq) => {
    if (entry.kind !== 'outcome' || !HANDLED.has(entry.outcome)) return [];
    return why(seen, `${entry.by} `, { wire: index.bodies.get(entry.message) ?? '', seq }, index);
  });
}

function writtenTwice(index: HistoryIndex): Found[] {
  const seen = new Map<string, string>();
  return [...index.tasks.values()].flatMap(({ steps }) =>
    steps.flatMap(({ seq, before, after, cause }) => {
      const wires = [after.request_wire, after.answer_wire ?? ''];
      const fresh = wires.filter(
        (wire) => wire !== '' && wire !== before?.request_wire && wire !== before?.answer_wire,
      );
      return cause === 'tamper' ? [] : fresh.flatMap((wire) => why(seen, '', { wire, seq }, index));
    }),
  );
}

function why(
  seen: Map<string, string>,
  scope: string,
  { wire, seq }: { readonly wire: string; readonly seq: number },
  { judge }: HistoryIndex,
): Found[] {
  const judged = judge(wire);
  if (!judged.ok) return [];
  const { message_id } = judged.message;
  const known = seen.get(scope + message_id) ?? judged.sha256;
  seen.set(scope + message_id, known);
  return known === judged.sha256 ? [] : [{ seq, message: `${scope}${message_id} stands for two wires` }];
}
