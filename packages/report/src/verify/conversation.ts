import type { GatheredResult, TaskResult } from '@infrafabric/finops';
import {
  conversationId,
  digestOf,
  judgeLog,
  type LogEntry,
  type MessageOf,
  openCheckpoint,
  openMessage,
  type Opened,
  parseLog,
  roleAddress,
  WORKER_ROLES,
} from '@infrafabric/protocol';
import { logOrigin } from '../build-report.ts';
import { PATHS } from '../folder.ts';
import type { ProofPlan } from '../proof-plan.ts';
import type { Intact } from './intact.ts';
import type { Problem } from './problem.ts';

/** Checks the log, every message and every result, and answers the results that are bound to signed answers, by task id. */
export function readConversation(
  intact: Intact,
  plan: ProofPlan,
  problems: Problem[],
): { results: Map<string, GatheredResult>; messages: number } {
  const entries = readLog(intact, problems);
  const opened = openAll(entries, intact, problems);
  return { results: resultsOf(opened, intact, plan, problems), messages: opened.length };
}

function readLog(intact: Intact, problems: Problem[]): LogEntry[] {
  const text = (path: string): string => new TextDecoder().decode(intact.files.get(path));
  try {
    const entries = parseLog(text(PATHS.log));
    const keys = [...intact.trust.keys.values()]
      .filter((key) => key.roles.includes('coordinator'))
      .map((key) => key.public_key);
    const checkpoint = openCheckpoint(text(PATHS.checkpoint), logOrigin(intact.manifest.session_id), keys);
    const verdict = judgeLog(entries, checkpoint);
    if (verdict.state === 'BROKEN')
      problems.push({ code: 'LOG_BROKEN', where: `${PATHS.log} entry ${verdict.index}`, message: verdict.reason });
    else if (verdict.state !== 'ANCHORED')
      problems.push({
        code: 'LOG_UNANCHORED',
        where: PATHS.log,
        message: `the log is ${verdict.state.toLowerCase()}: the signed checkpoint is of another log`,
      });
    return entries;
  } catch (error) {
    problems.push({ code: 'LOG_BROKEN', where: PATHS.log, message: messageOf(error) });
    return [];
  }
}

function openAll(entries: readonly LogEntry[], intact: Intact, problems: Problem[]): Opened[] {
  const opened: Opened[] = [];
  const requests = new Map<string, Opened>();
  for (const entry of entries) {
    const path = `${PATHS.messages}${entry.wire_sha256.slice('sha256:'.length)}.json`;
    const wire = intact.files.get(path);
    try {
      if (wire === undefined) throw new RangeError('the message is not in the folder');
      const one = openMessage(wire, {
        trust: intact.trust,
        receivers: [...RECEIVERS, ...[...requests.values()].map((request) => request.message.sender)],
        conversation: conversationId(intact.manifest.session_id),
        nowMs: entry.logged_at,
        isOurRequest: (request) => requests.get(request.message_id)?.sha256 === request.sha256,
      });
      if (one.message.performative === 'request') requests.set(one.message.message_id, one);
      opened.push(one);
    } catch (error) {
      problems.push({ code: 'MESSAGE_INVALID', where: path, message: messageOf(error) });
    }
  }
  return opened;
}

const RECEIVERS: readonly string[] = ['coordinator' as const, ...WORKER_ROLES].map((role) => roleAddress(role));

function resultsOf(
  opened: readonly Opened[],
  intact: Intact,
  plan: ProofPlan,
  problems: Problem[],
): Map<string, GatheredResult> {
  const bySha = new Map(opened.map((one) => [one.sha256, one]));
  const roles = new Map(plan.tasks.map((task) => [task.task_id, task.role]));
  const results = new Map<string, GatheredResult>();
  for (const { task_id, answer_sha256 } of plan.ends) {
    if (answer_sha256 === null) continue;
    const answer = bySha.get(answer_sha256)?.message;
    const role = roles.get(task_id);
    if (answer?.performative !== 'inform' || answer.task.task_id !== task_id || role === undefined) {
      problems.push({
        code: 'RESULT_UNBOUND',
        where: task_id,
        message: 'no signed answer of this task stands behind its result',
      });
      continue;
    }
    const result = resultOf(answer, intact);
    if (result === undefined)
      problems.push({
        code: 'RESULT_UNBOUND',
        where: task_id,
        message: 'the result is not the one its signed answer names',
      });
    else results.set(task_id, { task_id, role, result });
  }
  return results;
}

function resultOf(answer: MessageOf<'inform'>, intact: Intact): TaskResult | undefined {
  const { sha256 } = answer.content.result;
  const bytes = intact.files.get(`${PATHS.results}${sha256.slice('sha256:'.length)}.json`);
  if (bytes === undefined || digestOf(bytes) !== sha256 || answer.citation.evidence_hash !== sha256) return undefined;
  return JSON.parse(new TextDecoder().decode(bytes)) as TaskResult;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? (error.message.split('\n')[0] ?? '') : 'unreadable';
}
