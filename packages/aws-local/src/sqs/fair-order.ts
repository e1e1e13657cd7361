import type { Database } from '../engine/database.ts';

/** A message as it is stored. */
export interface MessageRow {
  id: number;
  message_id: string;
  body: string;
  attributes: string | null;
  sent_ms: number;
  receive_count: number;
  first_received_ms: number | null;
  source: string | null;
  message_group: string;
}

/** Of visible messages the next belongs to the group of which the fewest are hidden: taken and not yet deleted. At most `max`. */
export function inTurn(
  db: Database,
  { queue, max, nowMs }: { readonly queue: number; readonly max: number; readonly nowMs: number },
): MessageRow[] {
  const groups = db.all<{ name: string }>(GROUPS_OF, queue, queue);
  const [only] = groups;
  if (only === undefined) return [];
  if (groups.length === 1) return db.all<MessageRow>(VISIBLE_OF, queue, only.name, nowMs, max);
  return takeTurns(
    groups.map(({ name }) => ({
      waiting: db.all<MessageRow>(VISIBLE_OF, queue, name, nowMs, max),
      hidden: db.get<{ count: number }>(HIDDEN_OF, queue, name, nowMs)?.count ?? 0,
    })),
    max,
  );
}

/** The groups of which a queue holds messages, each found by one step in the index. */
const GROUPS_OF = `WITH RECURSIVE present(name) AS (
    SELECT min(message_group) FROM message WHERE queue = ?
    UNION ALL
    SELECT (SELECT min(message_group) FROM message WHERE queue = ? AND message_group > present.name)
    FROM present WHERE present.name IS NOT NULL
  ) SELECT name FROM present WHERE name IS NOT NULL`;

const VISIBLE_OF = `SELECT id, message_id, body, attributes, sent_ms, receive_count, first_received_ms, source, message_group
  FROM message WHERE queue = ? AND message_group = ? AND visible_ms <= ? ORDER BY visible_ms, id LIMIT ?`;

const HIDDEN_OF = `SELECT count(*) AS count FROM message
  WHERE queue = ? AND message_group = ? AND visible_ms > ? AND receipt IS NOT NULL`;

interface Turn {
  readonly waiting: MessageRow[];
  hidden: number;
}

/** Up to `max` messages, each from the group that has the fewest in hand by then; of several the one that comes first. */
function takeTurns(groups: readonly Turn[], max: number): MessageRow[] {
  const taken: MessageRow[] = [];
  while (taken.length < max) {
    let next: Turn | undefined;
    for (const group of groups) {
      if (group.waiting.length > 0 && group.hidden < (next?.hidden ?? Infinity)) next = group;
    }
    const row = next?.waiting.shift();
    if (next === undefined || row === undefined) break;
    next.hidden += 1;
    taken.push(row);
  }
  return taken;
}
