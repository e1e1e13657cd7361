import type { DeliveryEntry } from '../bus-entries.ts';
import type { HistoryIndex } from '../history-index.ts';
import type { Found, Invariant } from '../invariant.ts';
import type { TaskItem } from '../items.ts';

export const ACKNOWLEDGEMENT: Invariant = {
  id: 'I20',
  says: 'No message is deleted before its effect is durable: the holder of a lease does not delete the last copy of its request while it works.',
  check: earlyDeletes,
};

/** What is in the queues and in hand, as a history goes by. */
interface Hands {
  /** Copies that stand in a queue, by body. */
  readonly copies: Map<string, Set<string>>;
  /** Receipts that their holder has not settled, by process and body. */
  readonly held: Map<string, Set<string>>;
  /** Task items now, by session and task. */
  readonly items: Map<string, TaskItem>;
  /** Leases, by task and fence, whose holder was not told that it got them: another copy it may take for a replay, and the sweeper recovers the task. */
  readonly untold: Set<string>;
}

function earlyDeletes(index: HistoryIndex): Found[] {
  if (index.world.scope === 'final') return [];
  const hands: Hands = { copies: new Map(), held: new Map(), items: new Map(), untold: new Set() };
  return index.entries.flatMap((entry, seq) => {
    if (entry.kind === 'enqueue') setOf(hands.copies, entry.body).add(entry.message);
    if ((entry.kind === 'write' || entry.kind === 'tamper') && entry.table === 'task' && entry.after !== undefined) {
      hands.items.set(`${entry.session} ${entry.task}`, entry.after);
      if (entry.kind === 'write' && entry.after.owner === index.processes.get(entry.by)?.identity) {
        const lease = leaseOf(entry.after);
        if (entry.outcome === 'applied') hands.untold.delete(lease);
        else hands.untold.add(lease);
      }
    }
    return entry.kind === 'delivery' ? settle(entry, seq, hands, index) : [];
  });
}

function settle(entry: DeliveryEntry, seq: number, hands: Hands, index: HistoryIndex): Found[] {
  const { op, by, message, receive_count } = entry;
  const body = index.bodies.get(message);
  if (body === undefined || op === 'extend') return [];
  const held = setOf(hands.held, `${by} ${body}`);
  const receipt = `${message} ${receive_count}`;
  if (op === 'deliver') held.add(receipt);
  else held.delete(receipt);
  const copies = setOf(hands.copies, body);
  const isLast = isGone(entry) && copies.delete(message) && copies.size === 0 && held.size === 0;
  const task = isLast && op === 'delete' ? workedOn(body, entry, hands, index) : undefined;
  return task === undefined ? [] : [{ seq, message: `${by} deleted the request of ${task} while it held its lease` }];
}

const isGone = ({ op, outcome }: DeliveryEntry): boolean =>
  (op === 'delete' || op === 'dead-letter') && (outcome === 'ok' || outcome === 'lost');

/** The task of a request whose lease this process still holds. */
function workedOn(
  body: string,
  { by, receive_count }: DeliveryEntry,
  { items, untold }: Hands,
  index: HistoryIndex,
): string | undefined {
  const request = index.judge(body);
  if (!request.ok || request.role !== 'coordinator') return undefined;
  const { task } = request.message;
  const item = items.get(`${request.session} ${task?.task_id}`);
  if (item === undefined || (receive_count === 1 && untold.has(leaseOf(item)))) return undefined;
  const isOnRecord = item.dispatch === task?.dispatch && item.request_wire === body;
  return isOnRecord && isHeldBy(item, index.processes.get(by)?.identity) ? item.task_id : undefined;
}

const isHeldBy = ({ state, owner }: TaskItem, identity: string | undefined): boolean =>
  state === 'LEASED' && owner === identity;

const leaseOf = ({ session_id, task_id, fence }: TaskItem): string => `${session_id} ${task_id} ${fence}`;

function setOf(map: Map<string, Set<string>>, name: string): Set<string> {
  const known = map.get(name) ?? new Set<string>();
  map.set(name, known);
  return known;
}
