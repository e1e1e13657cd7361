import { type OpenContext, SessionId, agentAddress, conversationId, roleAddress } from '@infrafabric/protocol';
import type { Role } from '@infrafabric/protocol';

/** Who a mailbox speaks as: `if://agent/<scope>/<role>/<instance>`. */
export interface Identity {
  /** The session or the deployment. */
  readonly scope: string;
  readonly role: Role;
  /** Unique for each start of a process. */
  readonly instance: string;
}

/** The address of an identity. */
export const addressOf = ({ scope, role, instance }: Identity): string => agentAddress(scope, role, instance);

/**
 * The addresses under which a wire may be taken from the queue of this role.
 *
 * Instances of one role share a queue, and a restarted coordinator is a new instance: what is addressed to another instance
 * of our scope and role is ours to take. Only a hint is read here; `openMessage` compares the verified receiver.
 */
export function receiversOf(identity: Identity, wire: string): OpenContext['receivers'] {
  const own = [addressOf(identity), roleAddress(identity.role)];
  const sibling = agentAddress(identity.scope, identity.role, '');
  return [...own, ...claimedReceiver(wire).filter((named) => named.startsWith(sibling))];
}

/** Whom a wire says it is for, before anything is verified; none when it says nothing of the kind. */
export function claimedReceiver(wire: string): readonly string[] {
  const named = /^"receiver":"([^"\\]{1,200})"/.exec(wire.slice(Math.max(0, wire.lastIndexOf('"receiver":'))))?.[1];
  return named === undefined ? [] : [named];
}

/** The session of a conversation, or undefined when the conversation is not one. */
export function sessionOf(conversation: string): SessionId | undefined {
  const session = SessionId.safeParse(conversation.slice(conversationId('').length));
  return session.success && conversation === conversationId(session.data) ? session.data : undefined;
}
