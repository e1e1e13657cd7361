import { inFile, type Mutant } from '../mutant.ts';

const edit = inFile('packages/agents/src/task-machine.ts');

const HELD = "expect: { state: 'LEASED', fence },\n    set: ";
const UNFENCED = "expect: { state: 'LEASED' },\n    set: ";
const STATELESS = 'expect: { fence },\n    set: ';

/** The conditions and counters of the transitions of a task. */
export const TASK_MACHINE: readonly Mutant[] = [
  {
    id: 'complete-fence',
    safeguard: 'a result is committed only under the fence of its lease',
    edits: edit([`${HELD}{\n      state: 'DONE',`, `${UNFENCED}{\n      state: 'DONE',`]),
    coveredBy: ['lost-lease-stops'],
  },
  {
    id: 'complete-state',
    safeguard: 'a result is committed only while the task is leased',
    edits: edit([`${HELD}{\n      state: 'DONE',`, `${STATELESS}{\n      state: 'DONE',`]),
    coveredBy: ['lost-lease-stops'],
  },
  {
    id: 'fail-fence',
    safeguard: 'a final failure is written only under the fence of its lease',
    edits: edit([`${HELD}{ state: 'FAILED',`, `${UNFENCED}{ state: 'FAILED',`]),
    coveredBy: ['lost-lease-silent'],
    undistinguished: 'simulated work fails for good in its first moment, before its lease can be lost',
  },
  {
    id: 'fail-state',
    safeguard: 'a final failure is written only while the task is leased',
    edits: edit([`${HELD}{ state: 'FAILED',`, `${STATELESS}{ state: 'FAILED',`]),
    coveredBy: ['lost-lease-silent'],
    undistinguished: 'simulated work fails for good in its first moment, before its lease can be lost',
  },
  {
    id: 'hand-back-fence',
    safeguard: 'a task is handed back only under the fence of its lease',
    edits: edit([`${HELD}{ state: 'DISPATCHED',`, `${UNFENCED}{ state: 'DISPATCHED',`]),
    coveredBy: ['lost-lease-silent'],
    undistinguished: 'simulated work is handed back in its first moment, before its lease can be lost',
  },
  {
    id: 'hand-back-state',
    safeguard: 'a task is handed back only while it is leased',
    edits: edit([`${HELD}{ state: 'DISPATCHED',`, `${STATELESS}{ state: 'DISPATCHED',`]),
    undistinguished: 'needs a task that ends in the moment in which it is handed back',
  },
  {
    id: 'heartbeat-fence',
    safeguard: 'a heartbeat counts only under the fence of its lease',
    edits: edit(["expect: { state: 'LEASED', fence }, add: { hb: 1 }", "expect: { state: 'LEASED' }, add: { hb: 1 }"]),
    coveredBy: ['lost-lease-stops'],
    undistinguished: 'needs a worker that goes on after its lease went to another one, and keeps that alive',
  },
  {
    id: 'lease-dispatch',
    safeguard: 'an old request leases nothing: the dispatch it names must be the last',
    edits: edit([
      "expect: { state: 'DISPATCHED', dispatch, attempt: { below: MAX_ATTEMPTS } }",
      "expect: { state: 'DISPATCHED', attempt: { below: MAX_ATTEMPTS } }",
    ]),
    coveredBy: ['request-on-record'],
    undistinguished: 'work on an old request is handed back at once: it is not the one on record',
  },
  {
    id: 'lease-state',
    safeguard: 'a task is leased only while it waits',
    edits: edit([
      "expect: { state: 'DISPATCHED', dispatch, attempt: { below: MAX_ATTEMPTS } }",
      'expect: { dispatch, attempt: { below: MAX_ATTEMPTS } }',
    ]),
  },
  {
    id: 'lease-attempts',
    safeguard: 'a task is leased at most eight times',
    edits: edit([
      "expect: { state: 'DISPATCHED', dispatch, attempt: { below: MAX_ATTEMPTS } }",
      "expect: { state: 'DISPATCHED', dispatch }",
    ]),
    coveredBy: ['watch-attempts'],
    undistinguished: 'a coordinator gives a task up at its next look after the eighth attempt',
  },
  {
    id: 'lease-fence',
    safeguard: 'each grant of a lease increases the fence',
    edits: edit(['add: { fence: 1, attempt: 1 }', 'add: { attempt: 1 }']),
  },
  {
    id: 'lease-counts',
    safeguard: 'each lease counts as an attempt',
    edits: edit(['add: { fence: 1, attempt: 1 }', 'add: { fence: 1 }']),
  },
  {
    id: 'poison-dispatch',
    safeguard: 'a poisonous request ends its task only while no later dispatch is out',
    edits: edit(["expect: { state: 'DISPATCHED', dispatch },", "expect: { state: 'DISPATCHED' },"]),
    undistinguished: 'needs a tenth receive of a request while a later dispatch of its task waits',
  },
  {
    id: 'poison-state',
    safeguard: 'a poisonous request leaves a task alone that somebody leased or ended',
    edits: edit(["expect: { state: 'DISPATCHED', dispatch },", 'expect: { dispatch },']),
    undistinguished: 'needs a tenth receive of a request whose task somebody leased again',
  },
  {
    id: 'observe-unchanged',
    safeguard: 'an observation is written only where nothing moved since it was made',
    edits: edit(['{ expect: unchanged(status), set: { obs } }', '{ expect: {}, set: { obs } }']),
  },
  {
    id: 'redispatch-unchanged',
    safeguard: 'a task is sent again only where nothing moved since it was looked at',
    edits: edit([
      "expect: unchanged(status),\n    set: { state: 'DISPATCHED'",
      "expect: {},\n    set: { state: 'DISPATCHED'",
    ]),
    undistinguished: 'needs a task that moves in the tenth of a second between a look and the write that follows it',
  },
  {
    id: 'redispatch-revokes',
    safeguard: 'a lease that is taken away loses its fence',
    edits: edit(["...(status.state === 'LEASED' ? { fence: 1 } : {})", '']),
  },
  {
    id: 'end-unchanged',
    safeguard: 'a coordinator ends a task only where nothing moved since it was looked at',
    edits: edit(['expect: unchanged(status),\n    set: { state, code', 'expect: {},\n    set: { state, code']),
  },
  {
    id: 'end-revokes',
    safeguard: 'a task that is ended or cancelled loses its fence',
    edits: edit(["add: { fence: 1 },\n    remove: ['obs']", "remove: ['obs']"]),
  },
  {
    id: 'unchanged-fence',
    safeguard: 'a look is old when the fence moved',
    edits: edit(['fence: status.fence, dispatch: status.dispatch }', 'dispatch: status.dispatch }']),
    coveredBy: ['complete-fence'],
    undistinguished: 'a lease that is revoked too early costs work and breaks no promise',
  },
  {
    id: 'unchanged-dispatch',
    safeguard: 'a look is old when the task was sent again',
    edits: edit(['fence: status.fence, dispatch: status.dispatch }', 'fence: status.fence }']),
    undistinguished: 'needs two coordinators that send the same task again in the same moment',
  },
  {
    id: 'unchanged-state',
    safeguard: 'a look is old when the state moved',
    edits: edit(['{ state: status.state, fence: status.fence,', '{ fence: status.fence,']),
  },
];
