import type { Clock, DeadLetter, DeadLetters } from '@infrafabric/protocol';
import { TIME_TO_LIVE_ATTRIBUTE } from '../state-table.ts';
import type { DynamoOptions } from './dynamo-state.ts';
import { dynamoTable, type Item } from './dynamo-table.ts';

/** Options of the kept dead letters. */
export interface DeadLetterOptions extends DynamoOptions {
  readonly clock: Pick<Clock, 'nowMs'>;
  /** For how long a letter is kept, in milliseconds. */
  readonly keepMs: number;
}

/** What a list shows of a letter: all but its wire. */
const SHOWN = [
  'sha256',
  'role',
  'session_id',
  'act',
  'task_id',
  'dispatch',
  'code',
  'detail',
  'receives',
  'at_ms',
  'redriven_as',
  TIME_TO_LIVE_ATTRIBUTE,
] as const;

/** Dead letters in the table of state: pk `t#<tenant>#dead`, sk the hash of the wire, which stands in the item. */
export function dynamoDeadLetters({ clock, keepMs, tenant, ...at }: DeadLetterOptions): DeadLetters {
  const table = dynamoTable(at);
  const pk = `t#${tenant}#dead`;
  const isKept = (item: Item): boolean => Number(item[TIME_TO_LIVE_ATTRIBUTE]) * 1_000 > clock.nowMs();
  const find: DeadLetters['find'] = async (sha256) => {
    const item = await table.get({ pk, sk: sha256 });
    return item === undefined || !isKept(item) ? undefined : { letter: letterOf(item), wire: String(item['wire']) };
  };
  return {
    async keep(letter, wire) {
      const expiresAt = Math.ceil((letter.at_ms + keepMs) / 1_000);
      const item = { ...letter, wire, [TIME_TO_LIVE_ATTRIBUTE]: expiresAt };
      return (await table.create({ pk, sk: letter.sha256 }, item)) === undefined;
    },
    async list() {
      const items = await table.query({
        KeyConditionExpression: 'pk = :pk',
        ExpressionAttributeValues: { ':pk': pk },
        ProjectionExpression: SHOWN.map((_, index) => `#n${index}`).join(', '),
        ExpressionAttributeNames: Object.fromEntries(SHOWN.map((name, index) => [`#n${index}`, name])),
      });
      return items
        .filter(isKept)
        .map(letterOf)
        .toSorted((a, b) => b.at_ms - a.at_ms);
    },
    find,
    async redriven(sha256, as) {
      await table.update({ pk, sk: sha256 }, { expect: {}, set: { redriven_as: as } });
    },
    async purge(sha256) {
      if ((await find(sha256)) === undefined) return false;
      const set = { [TIME_TO_LIVE_ATTRIBUTE]: Math.floor(clock.nowMs() / 1_000) };
      return (await table.update({ pk, sk: sha256 }, { expect: {}, set })) !== undefined;
    },
  };
}

function letterOf({ wire: _wire, [TIME_TO_LIVE_ATTRIBUTE]: _end, ...letter }: Item): DeadLetter {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- only this driver writes under these keys
  return letter as unknown as DeadLetter;
}
