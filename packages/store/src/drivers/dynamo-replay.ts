import type { ReplayMemory } from '@infrafabric/protocol';
import type { DynamoOptions } from './dynamo-state.ts';
import { TIME_TO_LIVE_ATTRIBUTE } from '../state-table.ts';
import { dynamoTable } from './dynamo-table.ts';

/**
 * Replay memory beside the state of its session: sk `seen#<message id>`.
 *
 * A mark carries the table's time-to-live attribute; a message past it is refused by its own expiry.
 */
export function dynamoReplay(options: DynamoOptions): ReplayMemory {
  const table = dynamoTable(options);
  return {
    async remember(session, messageId, wireSha256, expiresAtMs) {
      const key = { pk: `t#${options.tenant}#s#${session}`, sk: `seen#${messageId}` };
      const item = { wire_sha256: wireSha256, [TIME_TO_LIVE_ATTRIBUTE]: Math.ceil(expiresAtMs / 1_000) };
      const there = await table.create(key, item);
      if (there === undefined) return 'fresh';
      return there['wire_sha256'] === wireSha256 ? 'duplicate' : 'reused';
    },
  };
}
