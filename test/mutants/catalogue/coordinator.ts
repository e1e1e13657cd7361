import { inFile, type Mutant } from '../mutant.ts';

const watch = inFile('packages/agents/src/coordinator/watch.ts');
const phase = inFile('packages/agents/src/coordinator/phase.ts');
const dispatch = inFile('packages/agents/src/coordinator/dispatch.ts');
const cancel = inFile('packages/agents/src/coordinator/cancel.ts');
const overdue = inFile('packages/agents/src/coordinator/overdue.ts');
const letters = inFile('packages/agents/src/coordinator/dead-letters.ts');

/** How a coordinator looks after its tasks. */
export const COORDINATOR: readonly Mutant[] = [
  {
    id: 'watch',
    safeguard: 'a coordinator looks for stuck tasks',
    edits: watch(['noteProgress(session, statuses, progress);\n      const live', 'return;\n      const live']),
  },
  {
    id: 'watch-idle',
    safeguard: 'a task that nobody takes is sent again',
    edits: watch(["return idleTicks >= patience ? 'nobody took it' : undefined;", 'return undefined;']),
    coveredBy: ['take-up'],
    undistinguished: 'what waits is sent again by whoever takes the session up',
  },
  {
    id: 'watch-silence',
    safeguard: 'a lease without a heartbeat is revoked',
    edits: watch([
      "session.tick - status.obs.tick >= pace.leaseTicks ? 'its lease was silent' : undefined",
      'undefined',
    ]),
    coveredBy: ['watch-orphans'],
    undistinguished:
      'the task ends by the deadline of its session, which is a violation only below the stated fault rates',
  },
  {
    id: 'watch-orphans',
    safeguard: 'a lease of a process that is known to be dead is revoked at once',
    edits: watch(["if (isOrphan(status, ports)) return 'its worker is gone';", '']),
    coveredBy: ['watch-silence'],
    undistinguished: 'a dead process is noticed by its silence, some ticks later',
  },
  {
    id: 'watch-attempts',
    safeguard: 'a task that used up its attempts is given up',
    edits: watch(['const isSpent = status.attempt >= MAX_ATTEMPTS &&', 'const isSpent = status.attempt < 0 &&']),
    coveredBy: ['watch-deadline'],
    undistinguished: 'no more than eight leases are given out, and the deadline ends the task',
  },
  {
    id: 'watch-deadline',
    safeguard: 'a task that is open at the deadline of its session ends with that reason',
    edits: watch(['if (isLate(session, ports)) {', 'if (status.fence < 0) {']),
    coveredBy: ['watch-attempts'],
  },
  {
    id: 'poll',
    safeguard: 'messages are hints: state is looked at whether or not one comes',
    edits: phase(['const due = session.tick - start.tick >= ticks;', 'const due = false;']),
  },
  {
    id: 'messages-are-hints',
    safeguard: 'a coordinator asks the state before it believes that a task is over',
    edits: phase(
      ['const due = session.tick - start.tick >= ticks;', 'const due = false;'],
      [
        'if (due || inbox.hinted() >= open || session.cancel === true) return session;',
        'if (inbox.hinted() > 0 || session.cancel === true) return session;',
      ],
      [
        'while (looked.ended.size < specs.length && session.cancel !== true) {',
        'while (looked.ended.size < 1 && session.cancel !== true) {',
      ],
    ),
  },
  {
    id: 'take-up',
    safeguard: 'whoever takes a session up sends again what waits',
    edits: phase(['await dispatchAgain(session, waiting, run);', '']),
    coveredBy: ['watch-idle'],
    undistinguished: 'what waits is sent again by the watch',
  },
  {
    id: 'take-up-unwritten',
    safeguard: 'whoever takes a session up sends what was planned and never written',
    edits: phase(['specs.filter(({ task_id }) => !known.has(task_id)),', 'known.size > 0 ? [] : specs,']),
    undistinguished: 'needs a coordinator that dies while it writes the tasks of a plan',
  },
  {
    id: 'recorded-request',
    safeguard: 'what is sent is the request on record, not one that lost the race to be written',
    edits: dispatch([
      'return created ? record : ((await run.ports.state.task(session.session_id, spec.task_id)) ?? record);',
      'return record;',
    ]),
    coveredBy: ['request-on-record'],
    undistinguished: 'what is sent besides the request on record leases nothing',
  },
  {
    id: 'dispatch-stops',
    safeguard: 'nothing is sent once a cancel was seen',
    edits: dispatch(['session.cancel !== true && !run.stop.aborted', '!run.stop.aborted']),
    undistinguished: 'a simulated plan fits into one batch, after which every cancel is seen',
  },
  {
    id: 'dispatch-in-time',
    safeguard: 'after the deadline of a session nothing is sent',
    edits: dispatch(['if (isLate(session, run.ports)) return writeLate(session, spec, run.ports);', '']),
    coveredBy: ['watch-deadline'],
    undistinguished: 'a task that is sent after the deadline is ended at the next look',
  },
  {
    id: 'overdue',
    safeguard: 'a session that nobody coordinates any more is ended after its deadline',
    edits: overdue([
      'if (isSessionOver(session.state) || lateMs <= SWEEP_MS) return false;',
      'if (lateMs >= 0 || lateMs < 0) return false;',
    ]),
    undistinguished: 'needs a session that nobody coordinates at its deadline',
  },
  {
    id: 'overdue-held',
    safeguard: 'a session whose holder is at work on its report is left alone for a while',
    edits: overdue(['if (lateMs <= GRACE_MS && (await isHeld(session, ports, stop))) return false;', '']),
    coveredBy: ['session-change-fence'],
    undistinguished: 'needs a report that is made longer than a sweep after the deadline',
  },
  {
    id: 'cancel-ends-live',
    safeguard: 'a cancel ends every live task',
    edits: cancel(['if (live.length === 0) return;', 'if (live.length >= 0) return;']),
  },
  {
    id: 'cancel-writes-planned',
    safeguard: 'a cancel writes planned tasks as cancelled that nobody wrote yet',
    edits: cancel(['await Promise.all(unwritten.map((spec) => writeEnded(session, spec, ending, ports)));', '']),
    undistinguished: 'needs a cancel between a plan and its first task',
  },
  {
    id: 'cancel-until-none',
    safeguard: 'a cancel goes over the tasks again until none lives',
    edits: cancel([
      'await Promise.all(live.map((status) => endTask(session, status, ending, ports)));',
      'await Promise.all(live.map((status) => endTask(session, status, ending, ports)));\n    return;',
    ]),
    undistinguished: 'needs a task that moves in the moment in which it is cancelled',
  },
  {
    id: 'dead-letters-end',
    safeguard: 'an order in a dead-letter queue ends its task',
    edits: letters([
      "if (message?.performative === 'request' || message?.performative === 'challenge') {",
      'if (message === null) {',
    ]),
    coveredBy: ['watch-idle'],
    undistinguished: 'the task of a dead letter ends by its attempts as well',
  },
  {
    id: 'dead-letters-on-record',
    safeguard: 'a dead letter of an older dispatch ends nothing',
    edits: letters([' || record.request_wire !== opened.body) return;', ') return;']),
    undistinguished: 'needs a dead letter of an older dispatch of a task that still waits',
  },
];
