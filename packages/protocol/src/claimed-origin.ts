import { parseWithinProfile } from './admission.ts';
import { isJsonObject } from './json.ts';
import { ProtocolError } from './protocol-error.ts';

/** The members of a message that tell a person where it says it comes from. */
const TOLD = ['performative', 'sender', 'receiver', 'conversation_id', 'message_id', 'timestamp'] as const;

/**
 * What a refused wire says of itself: NOT verified and not to be believed; for showing a person where to look.
 *
 * Only header members and the key id are taken, cut at 200 characters; a wire that cannot be read says nothing.
 */
export function claimedOrigin(wire: Uint8Array): Readonly<Record<string, string>> {
  try {
    const { value } = parseWithinProfile(wire);
    const signature = value['signature'];
    const said = TOLD.map((name) => [name, value[name]] as const);
    const key = ['key_id', isJsonObject(signature) ? signature['key_id'] : undefined] as const;
    return Object.fromEntries(
      [...said, key].flatMap(([name, told]) =>
        typeof told === 'string' || typeof told === 'number' ? [[name, String(told).slice(0, 200)] as const] : [],
      ),
    );
  } catch (error) {
    if (error instanceof ProtocolError) return {};
    throw error;
  }
}
