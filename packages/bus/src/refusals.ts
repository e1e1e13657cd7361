import type { Role } from '@infrafabric/protocol';
import { MAX_MESSAGE_BYTES } from './bus-driver.ts';
import { BusError } from './errors.ts';

/** The refusal of a role that has no queue. */
export const roleUnknown = (role: Role): BusError =>
  new BusError('ROLE_UNKNOWN', { message: `expected a role with a queue, got ${role}`, where: 'role' });

/** The refusal of a body above MAX_MESSAGE_BYTES. */
export const tooLarge = (bytes: number): BusError =>
  new BusError('TOO_LARGE', { message: `expected a body <= ${MAX_MESSAGE_BYTES} bytes, got ${bytes}`, where: 'body' });

/** The refusal of a call on a closed bus. */
export const closed = (): BusError => new BusError('CLOSED', { message: 'expected an open bus, got a closed one' });
