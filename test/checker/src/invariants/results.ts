import { canonicalText, digestOf } from '../digest.ts';
import type { HistoryIndex } from '../history-index.ts';
import type { Found, Invariant } from '../invariant.ts';
import type { TaskItem } from '../items.ts';
import { type Listing, listingsOf, tasksAt } from '../listing.ts';

/** A result in a report and the task it is said to be of. */
interface Listed {
  readonly task: TaskItem;
  readonly result?: unknown;
}

const RESULT_ACTS = new Set(['inform', 'confirm', 'disconfirm']);

export const RESULTS_SIGNED: Invariant = {
  id: 'I8',
  says: 'Each result in a report stands under a signature that verifies, by the role that owns the task.',
  check: (index) => judged(index, ({ task }) => whyUnsigned(task, index)),
};

function whyUnsigned(task: TaskItem, index: HistoryIndex): string | undefined {
  if (task.state !== 'DONE') return `the task is ${task.state}`;
  const answer = index.judge(task.answer_wire ?? '');
  if (!answer.ok) return `of its answer ${answer.reason}`;
  const { message, role, session } = answer;
  if (role !== task.role || role !== task.type.split('.')[0]) return `its answer is signed by ${role}`;
  if (!RESULT_ACTS.has(message.performative)) return `its answer is a ${message.performative}`;
  if (session !== task.session_id) return `its answer belongs to session ${session}`;
  return message.task?.task_id === task.task_id ? undefined : `its answer is about ${message.task?.task_id}`;
}

export const RESULTS_BOUND: Invariant = {
  id: 'I9',
  says: 'Each result in a report answers exactly the stored request, which the coordinator signed for this task and this dispatch of it.',
  check: (index) => [...judged(index, ({ task }) => whyUnbound(task, index)), ...requestsOfOthers(index)],
};

function whyUnbound(task: TaskItem, index: HistoryIndex): string | undefined {
  const request = index.judge(task.request_wire);
  if (!request.ok) return `of its request ${request.reason}`;
  if (request.role !== 'coordinator') return `its request is signed by ${request.role}`;
  if (request.message.task?.task_id !== task.task_id) return `its request is about ${request.message.task?.task_id}`;
  const answer = index.judge(task.answer_wire ?? '');
  const bound = answer.ok ? answer.message.in_reply_to : undefined;
  const isBound = bound?.sha256 === request.sha256 && bound.message_id === request.message.message_id;
  return !answer.ok || isBound ? undefined : 'its answer answers another request';
}

/** What is on record is what is sent: a request that names another dispatch than its item leases nothing. */
function requestsOfOthers({ tasks, judge }: HistoryIndex): Found[] {
  return [...tasks.values()].flatMap(({ name, steps }) =>
    steps.flatMap(({ seq, before, after, cause }) => {
      const isNew = cause === 'write' && after.request_wire !== before?.request_wire && after.request_wire !== '';
      const request = isNew ? judge(after.request_wire) : undefined;
      const asked = request?.ok === true ? request.message.task : undefined;
      const isOwn = asked === undefined || (asked.task_id === name && asked.dispatch === after.dispatch);
      return isOwn ? [] : [{ seq, message: `dispatch ${after.dispatch} of task ${name} has the request of another` }];
    }),
  );
}

export const RESULTS_HASHED: Invariant = {
  id: 'I10',
  says: 'The bytes of each result in a report hash to what its signed answer says.',
  check: (index) => judged(index, (listed) => whyOther(listed, index)),
};

function whyOther({ task, result }: Listed, index: HistoryIndex): string | undefined {
  const answer = index.judge(task.answer_wire ?? '');
  if (!answer.ok) return undefined;
  const { content, citation } = answer.message;
  const told = content?.result?.sha256 ?? '';
  if (citation?.evidence_hash !== told) return 'its answer does not cite its result';
  const reported = result === undefined ? undefined : canonicalText(result);
  return whyOtherBytes([task.result ?? index.blobs.get(told)?.bytes, reported], told);
}

function whyOtherBytes(bytes: readonly (string | Buffer | undefined)[], told: string): string | undefined {
  const there = bytes.filter((some) => some !== undefined);
  if (there.length === 0) return 'its bytes are not there';
  return there.every((some) => digestOf(some) === told) ? undefined : 'its bytes hash to something else';
}

function judged(index: HistoryIndex, why: (listed: Listed) => string | undefined): Found[] {
  return listingsOf(index).flatMap((listing) =>
    listing.results.flatMap(({ task_id, ...rest }) => {
      const reasons = tasksAt(listing, task_id, index).map((task) => why({ task, ...rest }));
      const [reason] = reasons;
      return reason === undefined || reasons.includes(undefined) ? [] : [told(listing, task_id, reason)];
    }),
  );
}

const told = ({ report, session }: Listing, task: string, reason: string): Found => ({
  seq: report.seq,
  message: `the report of ${session.session_id} counts a result of ${task}, but ${reason}`,
});
