import { createHash, generateKeyPairSync, randomBytes, sign, verify } from 'node:crypto';

/** About the size of a request of ours, and of an answer. */
const MESSAGE_BYTES = 1_200;

/**
 * What no signed swarm can be cheaper than: a task of one sha256 in this process, its request and its answer each signed and verified by
 * node:crypto. Nothing is moved, nothing is kept.
 */
export function rawFloor(tasks: number): void {
  const [coordinator, worker] = [generateKeyPairSync('ed25519'), generateKeyPairSync('ed25519')];
  const message = randomBytes(MESSAGE_BYTES);
  for (let task = 0; task < tasks; task += 1) {
    message.writeUInt32BE(task);
    const request = sign(null, message, coordinator.privateKey);
    const isAsked = verify(null, message, coordinator.publicKey, request);
    const result = createHash('sha256').update(message).digest();
    const answer = sign(null, Buffer.concat([message, result]), worker.privateKey);
    const isAnswered = verify(null, Buffer.concat([message, result]), worker.publicKey, answer);
    if (!isAsked || !isAnswered) throw new Error('expected signatures that verify');
  }
}
