import { inFile, type Mutant } from '../mutant.ts';

const lease = inFile('packages/agents/src/worker/lease.ts');
const answer = inFile('packages/agents/src/worker/answer.ts');
const heartbeat = inFile('packages/agents/src/worker/heartbeat.ts');
const worker = inFile('packages/agents/src/worker/worker.ts');

/** What a worker does besides its work. */
export const WORKER: readonly Mutant[] = [
  {
    id: 'request-on-record',
    safeguard: 'work is done only for the exact request that is on record in the task',
    edits: lease(['if (leased.request_wire !== request.wire) {', 'if (Math.random() > 2) {']),
    coveredBy: ['lease-dispatch', 'result-binding'],
    undistinguished: 'the dispatch that a request names tells an old one apart',
  },
  {
    id: 'own-lease',
    safeguard: "a lease that was granted although its answer got lost is recognised as one's own",
    edits: lease([
      'if (leased === undefined) return ownLease(request, ports);',
      'if (leased === undefined) return { verdict: undefined };',
    ]),
    coveredBy: ['watch-silence'],
  },
  {
    id: 'own-lease-owner',
    safeguard: "another worker's lease is not taken for one's own",
    edits: lease([' && record.owner === ports.mailbox.identity) return', ') return']),
  },
  {
    id: 'own-commit',
    safeguard: 'a commit that happened although its answer got lost is told like any other',
    edits: answer([
      'if (ended === undefined && !(await isWritten(request, wire, ports))) return;',
      'if (ended === undefined) return;',
    ]),
    coveredBy: ['poll'],
    undistinguished: 'an answer that is not told costs a look',
  },
  {
    id: 'commit-before-tell',
    safeguard: 'a worker that lost its lease says nothing',
    edits: answer(['if (ended === undefined && !(await isWritten(request, wire, ports))) return;', '']),
    coveredBy: ['messages-are-hints'],
    undistinguished: 'an answer is a hint: what it says is looked up',
  },
  {
    id: 'heartbeat',
    safeguard: 'a worker says that it is at work',
    edits: heartbeat(['const beating = beats();', 'const beating = Promise.resolve();']),
    coveredBy: ['complete-fence', 'redispatch-revokes'],
    undistinguished: 'a lease that is lost for want of a heartbeat costs work and breaks no promise',
  },
  {
    id: 'lost-lease-stops',
    safeguard: 'work stops when its lease is lost',
    edits: heartbeat([
      'if (!(await beat(request, record, ports))) lost.abort();',
      'await beat(request, record, ports);',
    ]),
    coveredBy: ['complete-fence'],
    undistinguished: 'work that goes on without its lease costs time and commits nothing',
  },
  {
    id: 'lost-lease-silent',
    safeguard: 'work whose lease is lost leaves nothing behind',
    edits: worker(['if (beating.signal.aborted) return await laidDown(request, ports);', '']),
    coveredBy: ['fail-fence', 'hand-back-fence'],
    undistinguished: 'work without a lease is refused by the fence of its write',
  },
  {
    id: 'visibility',
    safeguard: 'a message in work stays hidden from others',
    edits: heartbeat(['if (held !== undefined) await request.extend();', '']),
    coveredBy: ['lease-state'],
    undistinguished: 'a message that shows again while it is in work leases nothing; it costs a receive',
  },
  {
    id: 'one-at-a-time',
    safeguard: 'a worker works on one dispatch of a task once at a time',
    edits: worker(["if (inHand.has(name)) return { verdict: 'duplicate' };", '']),
    coveredBy: ['own-lease-owner', 'lease-state'],
    undistinguished: 'a copy of a request in work finds its task leased',
  },
  {
    id: 'poison-ends',
    safeguard: 'a request that goes to the dead letters ends its task',
    edits: worker([
      'onGiveUp: async (opened, reason) => (isRequest(opened) ? poisoned(opened, reason, ports) : undefined),',
      'onGiveUp: async () => undefined,',
    ]),
    coveredBy: ['watch-idle'],
    undistinguished: 'the task of a dead letter ends by its attempts as well',
  },
];
