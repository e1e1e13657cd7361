import { inFile, type Mutant } from '../mutant.ts';

const lease = inFile('packages/agents/src/coordinator/session-lease.ts');
const session = inFile('packages/agents/src/coordinator/session.ts');
const passes = inFile('packages/agents/src/coordinator/passes.ts');
const plan = inFile('packages/agents/src/coordinator/plan.ts');
const gather = inFile('packages/agents/src/coordinator/gather.ts');

/** Who coordinates a session, and how it ends. */
export const SESSION: readonly Mutant[] = [
  {
    id: 'session-change-fence',
    safeguard: 'a session is changed only under the fence of its lease',
    edits: lease([
      'expect: { fence: session.fence, state: session.state },\n    set,',
      'expect: { state: session.state },\n    set,',
    ]),
    coveredBy: ['session-change-state'],
    undistinguished: 'needs two coordinators that write to a session in the same moment',
  },
  {
    id: 'session-change-state',
    safeguard: 'a session is changed only in the state it was seen in',
    edits: lease([
      'expect: { fence: session.fence, state: session.state },\n    set,',
      'expect: { fence: session.fence },\n    set,',
    ]),
    coveredBy: ['session-change-fence'],
    undistinguished: 'needs two coordinators that write to a session in the same moment',
  },
  {
    id: 'session-beat-fence',
    safeguard: 'a coordinator that lost its session notices at its next beat',
    edits: lease(['expect: { fence: session.fence },\n    add: { tick: 1 },', 'expect: {},\n    add: { tick: 1 },']),
    coveredBy: ['session-change-fence'],
  },
  {
    id: 'session-take-fence',
    safeguard: 'of two coordinators that take a session one gets it',
    edits: lease([
      'expect: { fence, state },\n    add: { fence: 1, tick: 1 },',
      'expect: { state },\n    add: { fence: 1, tick: 1 },',
    ]),
    coveredBy: ['session-change-fence'],
    undistinguished: 'needs two coordinators that write to a session in the same moment',
  },
  {
    id: 'session-take-grows',
    safeguard: 'each takeover increases the fence of the session',
    edits: lease(['add: { fence: 1, tick: 1 },', 'add: { tick: 1 },']),
  },
  {
    id: 'takeover-wait',
    safeguard: 'a session is taken over only after its tick stood still',
    edits: lease([
      'now.tick === before.tick && now.hb === before.hb && now.fence === before.fence;',
      'now.fence === before.fence;',
    ]),
    coveredBy: ['session-change-fence'],
    undistinguished: 'a session that is taken from a coordinator at work is finished by the other',
  },
  {
    id: 'report-fence',
    safeguard: 'only who holds the session ends it with a report',
    edits: session(["expect: { fence, state: 'REPORTING', cancel", "expect: { state: 'REPORTING', cancel"]),
    undistinguished: 'needs two coordinators that write to a session in the same moment',
  },
  {
    id: 'report-state',
    safeguard: 'a report ends a session only while it is being reported',
    edits: session(["expect: { fence, state: 'REPORTING', cancel", 'expect: { fence, cancel']),
    coveredBy: ['report-fence'],
    undistinguished: 'needs two coordinators that write to a session in the same moment',
  },
  {
    id: 'report-cancel',
    safeguard: 'a session that was cancelled while it was reported ends as cancelled',
    edits: session([', cancel: { absent: true } },', ' },']),
    undistinguished: 'needs a cancel in the moment of the report',
  },
  {
    id: 'fail-holder',
    safeguard: 'a coordinator that failed ends no task of a session that another one took',
    edits: session([
      'if (held?.fence !== taken.fence || isSessionOver(held.state)) return;',
      'if (held === undefined) return;',
    ]),
    undistinguished: 'needs a coordinator that fails for good after another one took its session',
  },
  {
    id: 'fail-fence-of-session',
    safeguard: 'a coordinator that failed leaves a session alone that another one took',
    edits: session([
      "expect: { fence: taken.fence, state: { in: ['RUNNING', 'REPORTING'] } },",
      "expect: { state: { in: ['RUNNING', 'REPORTING'] } },",
    ]),
    undistinguished: 'needs a coordinator that fails for good after another one took its session',
  },
  {
    id: 'pass-take-fence',
    safeguard: 'of two passes over a session one gets it',
    edits: passes(['expect: { fence, tick, state },', 'expect: { state },']),
    coveredBy: ['session-change-fence'],
    undistinguished: 'needs two coordinators that write to a session in the same moment',
  },
  {
    id: 'pass-take-grows',
    safeguard: 'each pass increases the fence of its session',
    edits: passes(['add: { fence: 1, tick: ticks },', 'add: { tick: ticks },']),
  },
  {
    id: 'pass-newest-note',
    safeguard: 'of all notes about a session only the newest starts a pass',
    edits: passes(["if (session.tick !== wake.tick) return { end: 'left' };", '']),
    coveredBy: ['pass-take-fence'],
    undistinguished: 'passes too many do again what is done',
  },
  {
    id: 'pass-takeover-wait',
    safeguard: 'a pass takes a session over only after its holder stood still',
    edits: passes(['stillMs > TAKEOVER_MS', 'stillMs >= 0']),
    coveredBy: ['session-change-fence'],
    undistinguished: 'a session that is taken from a pass at work is finished by the other',
  },
  {
    id: 'recorded-plan',
    safeguard: 'whoever takes a session up finishes the recorded plan instead of making another',
    edits: plan(['if (recorded !== undefined) {\n    const specs', 'if (recorded === null) {\n    const specs']),
    undistinguished: 'plans are pure functions of the request and the results, so the same plan is made again',
  },
  {
    id: 'report-order',
    safeguard: 'a report is put together in the order of task ids',
    edits: gather(['.toSorted((a, b) => (a.task_id < b.task_id ? -1 : 1));', ';']),
    undistinguished: 'the recorded plan has an order of its own, the same for whoever reads it',
  },
  {
    id: 'report-done-only',
    safeguard: 'what is not DONE is a gap of the report',
    edits: gather([
      "if (record.state !== 'DONE')\n    return gap(",
      "if (record.state !== 'DONE' && record.answer_wire === undefined)\n    return gap(",
    ]),
    coveredBy: ['result-done'],
    undistinguished: 'the result of a task that is not DONE is refused where results are read',
  },
  {
    id: 'report-names-gaps',
    safeguard: 'a result that does not verify is a named gap of the report',
    edits: gather([
      "gap(record.task_id, 'UNVERIFIED', 'the stored result does not match its signed answer')",
      '({} as never)',
    ]),
  },
];
