import { canonicalBytes, canonicalJson, SessionId, sha256Hex } from '@infrafabric/protocol';
import type { Claims } from '@infrafabric/store';
import { z } from 'zod';
import { newSessionId } from '../analyze.ts';
import { RuntimeError } from '../errors.ts';

/** What a key was first used for. */
const Claimed = z.strictObject({ session_id: SessionId, asked_sha256: z.string() });

/**
 * The session a key stands for, for ever: the first caller names it, everyone after gets the same id, also in another process.
 *
 * A session of this id may not exist yet, when its maker was stopped; whoever has the key may then make it.
 * @throws RuntimeError `IDEMPOTENCY_CONFLICT` when the key was used for something else.
 */
export async function sessionOfKey(claims: Claims, key: string, asked: object): Promise<SessionId> {
  const mine = { session_id: newSessionId(), asked_sha256: sha256Hex(canonicalBytes(withoutAbsent(asked))) };
  const text = await claims.claim(sha256Hex(`idempotency\n${key}`), canonicalJson(mine));
  const claimed = Claimed.parse(JSON.parse(text));
  if (claimed.asked_sha256 === mine.asked_sha256) return claimed.session_id;
  throw new RuntimeError('IDEMPOTENCY_CONFLICT', {
    message: 'this key was used for another request',
    where: 'the idempotency key',
    fix: 'send a new key with a new request, and the same request with the same key',
  });
}

function withoutAbsent(asked: object): object {
  return Object.fromEntries(Object.entries(asked).filter(([, value]) => value !== undefined));
}
