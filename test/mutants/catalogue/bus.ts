import { inFile, type Mutant } from '../mutant.ts';

const settle = inFile('packages/bus/src/settle.ts');
const consume = inFile('packages/bus/src/consume.ts');
const lease = inFile('packages/agents/src/worker/lease.ts');
const coordinator = inFile('packages/agents/src/coordinator/coordinator.ts');

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
    edits: settle(['  await quarantine(delivery.body, reason);\n', '']),
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
      'return isNew ? whole(known, consumer) : undefined;',
      'return isNew || !isNew ? whole(known, consumer) : undefined;',
    ]),
    undistinguished: 'orders and answers are guarded by what they change; of what is left nothing changes twice',
  },
  {
    id: 'replay-order',
    safeguard: 'an order whose task says that it was taken is told as a replay',
    edits: lease([
      "{ verdict: request.receiveCount === 1 ? { verdict: 'duplicate' } : undefined }",
      '{ verdict: undefined }',
    ]),
    undistinguished: 'an order is taken once, told or not',
  },
  {
    id: 'replay-order-reuse',
    safeguard: 'another order under the id of the one on record is set aside',
    edits: lease(['if (recorded?.message_id !== request.message.message_id) return undefined;', 'return undefined;']),
    undistinguished: 'an order that is not on record leases nothing, set aside or not',
  },
  {
    id: 'replay-answer',
    safeguard: 'an answer that was heard is told as a replay',
    edits: coordinator(["return receiveCount === 1 ? { verdict: 'duplicate' } : undefined;", 'return undefined;']),
    undistinguished: 'an answer is a hint: what it says is looked up',
  },
  {
    id: 'replay-answer-reuse',
    safeguard: 'another answer under an id that was heard is set aside',
    edits: coordinator([
      "if (known !== undefined && known !== sha256) return { verdict: 'quarantine', reason: REUSED };",
      '',
    ]),
    undistinguished: 'an answer is a hint: what it says is looked up',
  },
  {
    id: 'replay-answer-late',
    safeguard: 'an answer to a session that is over is told as a replay where it is on record',
    edits: coordinator(["return isReplay ? { verdict: 'duplicate' } : undefined;", 'return undefined;']),
    undistinguished: 'a session that is over hears nothing',
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
    undistinguished: 'orders are not remembered here, and an answer is a hint',
  },
];
