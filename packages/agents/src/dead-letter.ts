import type { Clock, DeadLetter, DeadLetters, Observer } from '@infrafabric/protocol';

/** What keeping dead letters needs; where nothing keeps them, they are only told of. */
export interface DeadLetterKeeping {
  readonly observer: Observer;
  readonly clock: Clock;
  readonly deadLetters?: DeadLetters | undefined;
}

/** Keeps a dead letter before anything follows from it, and tells of it when it is new. */
export async function keepDeadLetter(
  { observer, clock, deadLetters }: DeadLetterKeeping,
  letter: Omit<DeadLetter, 'at_ms'>,
  wire: string,
): Promise<void> {
  const at_ms = clock.nowMs();
  const isNew = await deadLetters?.keep({ ...letter, at_ms }, wire);
  if (isNew === false) return;
  const { session_id, role, code, sha256 } = letter;
  observer.event({ type: 'dead-letter', session_id, at_ms, role, code, wire_sha256: `sha256:${sha256}` });
}
