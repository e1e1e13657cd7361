import { inFile, type Mutant } from '../mutant.ts';

const settle = inFile('packages/bus/src/settle.ts');
const consume = inFile('packages/bus/src/consume.ts');

/** How a delivery is settled. */
export const BUS: readonly Mutant[] = [
  {
    id: 'late-ack',
    safeguard: 'a message is deleted after its effect is durable',
    edits: settle(['const handled = await attempt(', 'await delivery.ack();\n    const handled = await attempt(']),
  },
  {
    id: 'retry-later',
    safeguard: 'what may pass later is tried again',
    edits: settle([
      'if (isLater(error) && delivery.receiveCount < MAX_RECEIVES) {',
      'if (delivery.receiveCount < 0) {',
    ]),
    undistinguished: 'a task whose message is not tried again is sent again',
  },
  {
    id: 'give-up',
    safeguard: 'whoever handles a message hears that it goes to the dead letters',
    edits: settle(['await giveUp(reason);\n', '']),
    coveredBy: ['watch-idle', 'dead-letters-end'],
    undistinguished: 'the task of a dead letter ends by its attempts as well',
  },
  {
    id: 'quarantine',
    safeguard: 'what does not verify is kept for a person',
    edits: settle(['await handling.quarantine(delivery.body, reason);', '']),
  },
  {
    id: 'early-key',
    safeguard: 'a message whose key or content is not there yet is looked at again',
    edits: settle(['(EARLY.has(reason.code) && delivery.receiveCount < EARLY_RECEIVES)', 'delivery.receiveCount < 0']),
    coveredBy: ['watch-idle'],
    undistinguished: 'a message that is refused while its key is on the way is sent again',
  },
  {
    id: 'replay-guard',
    safeguard: 'a message that was seen is not handled again',
    edits: consume([
      'return (await isReplay(known, consumer)) ? undefined : whole(known, consumer);',
      'return whole(known, consumer);',
    ]),
    coveredBy: ['lease-state'],
  },
  {
    id: 'replay-reuse',
    safeguard: 'a message id that was seen with other bytes is refused',
    edits: consume([
      "if (isInfraFabricError(error) && error.code === 'BUS_DUPLICATE') return opened.receiveCount === 1;",
      'if (isInfraFabricError(error)) return opened.receiveCount === 1;',
    ]),
    undistinguished: 'needs two wires of one id at a process that remembers the first',
  },
  {
    id: 'replay-second-receive',
    safeguard: 'a second receive of one delivery is no replay: its first handling may have ended halfway',
    edits: consume([
      "error.code === 'BUS_DUPLICATE') return opened.receiveCount === 1;",
      "error.code === 'BUS_DUPLICATE') return true;",
    ]),
    coveredBy: ['watch-idle'],
  },
];
