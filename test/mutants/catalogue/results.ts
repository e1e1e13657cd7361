import { inFile, type Mutant } from '../mutant.ts';

const results = inFile('packages/agents/src/coordinator/results.ts');
const stored = inFile('packages/bus/src/stored-answer.ts');
const inbox = inFile('packages/agents/src/coordinator/coordinator.ts');
const answers = inFile('packages/agents/src/coordinator/answers.ts');

/** What is believed of a result, and of an answer. */
export const RESULTS: readonly Mutant[] = [
  {
    id: 'result-signature',
    safeguard: 'a stored answer is opened with its signature',
    edits: results([
      'const exchange = ports.mailbox.openStored(record.answer_wire, binding);',
      "const exchange = ports.mailbox.openStored(record.answer_wire, binding) ?? { request: parseJson<MessageOf<'request'>>(requestWire), answer: parseJson<MessageOf<'inform'>>(record.answer_wire) };",
    ]),
    undistinguished: 'needs an answer whose hash was tampered with in a session that is still to be reported',
  },
  {
    id: 'result-binding',
    safeguard: 'a stored answer must answer exactly the stored request',
    edits: stored(['message_id === request.message_id && sha256 === asked.sha256;', 'message_id !== sha256;']),
    undistinguished: 'needs a tampered task of a report that names another request of the same task',
  },
  {
    id: 'result-role',
    safeguard: 'a stored answer must come from the role that was asked',
    edits: stored(['return isOrder && isFrom(answer, binding.role) ? {', 'return isOrder ? {']),
    coveredBy: ['open-owner'],
    undistinguished: 'a worker that answers for another role is refused when its answer is opened',
  },
  {
    id: 'result-order',
    safeguard: 'a stored request must be an order',
    edits: stored(['return isOrder && isFrom(answer, binding.role) ? {', 'return isFrom(answer, binding.role) ? {']),
    coveredBy: ['result-binding'],
    undistinguished: 'an answer to a message that is no order is bound to no request',
  },
  {
    id: 'result-task',
    safeguard: 'a stored answer must be about its task',
    edits: results([' || answer.task.task_id !== task_id) return undefined;', ') return undefined;']),
    coveredBy: ['result-request-task'],
    undistinguished: 'the request is held against the task as well',
  },
  {
    id: 'result-act',
    safeguard: 'only an answer that tells of a result has one',
    edits: results(['if (!isResultAct(answer) || answer.task', 'if (answer.task']),
    coveredBy: ['result-evidence'],
    undistinguished: 'an answer without a result has no hash that its bytes could have',
  },
  {
    id: 'result-request-task',
    safeguard: 'a stored request must be about its task',
    edits: results(['request.task.task_id !== task_id || answer.citation', 'answer.citation']),
    coveredBy: ['result-task'],
    undistinguished: 'the answer is held against the task as well',
  },
  {
    id: 'result-evidence',
    safeguard: 'an answer must cite the result it tells of',
    edits: results([' || answer.citation.evidence_hash !== sha256) return undefined;', ') return undefined;']),
    undistinguished: 'no simulated worker cites another result than it tells of',
  },
  {
    id: 'result-hash',
    safeguard: 'the bytes of a result must hash to what its answer says',
    edits: results([
      'if (bytes === undefined || digestOf(bytes) !== sha256) return undefined;',
      'if (bytes === undefined) return undefined;',
    ]),
  },
  {
    id: 'result-kind',
    safeguard: 'a result must be of the kind the task asked for',
    edits: results([
      'result?.kind !== KIND_OF[type] || actOf(result) !== performative',
      'result === null || actOf(result) !== performative',
    ]),
    undistinguished: 'no simulated worker answers with a result of another kind',
  },
  {
    id: 'result-says-act',
    safeguard: 'the outcome of a challenge must be the act it was told by',
    edits: results([
      'result?.kind !== KIND_OF[type] || actOf(result) !== performative',
      'result?.kind !== KIND_OF[type]',
    ]),
    undistinguished: 'no simulated worker lies about the outcome of a challenge',
  },
  {
    id: 'result-done',
    safeguard: 'only a DONE task has a result',
    edits: results(["record.state !== 'DONE' || record.answer_wire === undefined", 'record.answer_wire === undefined']),
    coveredBy: ['report-done-only'],
    undistinguished: 'what is not DONE is a gap before its result is read',
  },
  {
    id: 'unasked',
    safeguard: 'a coordinator refuses an answer to what it never asked',
    edits: inbox(['admit: (opened) => refuseUnasked(opened, inboxes)', 'admit: () => undefined']),
    undistinguished: 'an answer is a hint: what it says is looked up',
  },
  {
    id: 'unbound',
    safeguard: 'a coordinator that works in passes refuses an answer to what its session never asked',
    edits: answers(['admit: async (opened) => refuseUnbound(opened, ports.state)', 'admit: async () => undefined']),
    coveredBy: ['messages-are-hints'],
    undistinguished: 'an answer is a hint: what it says is looked up',
  },
];
