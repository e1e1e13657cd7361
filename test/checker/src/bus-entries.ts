import type { At } from './at.ts';

/** What a sender asked of the bus. `outcome` is what it was told. */
export interface PublishEntry extends At {
  readonly kind: 'publish';
  readonly by: string;
  readonly queue: string;
  readonly body: string;
  readonly outcome: 'published' | 'failed';
}

/** A copy of a message that now stands in a queue; a dropped message has none, a duplicated one two. */
export interface EnqueueEntry extends At {
  readonly kind: 'enqueue';
  readonly queue: string;
  /** Names the copy, in the whole run. */
  readonly message: string;
  readonly body: string;
  readonly origin: 'publish' | 'duplicate' | 'corrupt' | 'forge' | 'replay' | 'redrive';
}

/** One copy handed to a process, or what that process did with it. Copy and receive count name the receipt. */
export interface DeliveryEntry extends At {
  readonly kind: 'delivery';
  readonly op: 'deliver' | 'delete' | 'retry' | 'extend' | 'dead-letter';
  readonly by: string;
  readonly queue: string;
  readonly message: string;
  readonly receive_count: number;
  /** `stale`: the receipt was no longer good and nothing happened; `lost`: it happened and the process was not told. */
  readonly outcome: 'ok' | 'stale' | 'failed' | 'lost';
  /** At `dead-letter`: why. The queue itself gives up with `RECEIVE_COUNT`, by `queue`. */
  readonly code?: string | undefined;
}

/** How a mailbox counted a delivery, once for each. */
export interface OutcomeEntry extends At {
  readonly kind: 'outcome';
  readonly by: string;
  readonly message: string;
  readonly receive_count: number;
  /** done, duplicate, refused, not-understood, dead-lettered, quarantined, unsettled, retried. */
  readonly outcome: string;
  readonly code?: string | undefined;
}

/** A wire that was kept aside because it may not be believed. */
export interface QuarantineEntry extends At {
  readonly kind: 'quarantine';
  readonly by: string;
  readonly body: string;
  readonly code: string;
}
