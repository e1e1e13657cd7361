import { isSessionOver, type SessionRecord } from '@infrafabric/protocol';
import { answerHandling } from '../coordinator/answers.ts';
import type { PassEnd, Passes } from '../coordinator/passes.ts';
import { type Wake, wakeOf } from '../coordinator/wake.ts';
import { type MemorySwarm, PACE } from './memory-swarm.ts';

/** A queue of notes and answers, and whoever hands them to passes; every note is kept. */
export interface PassDriver {
  readonly notes: { readonly wake: Wake; readonly dueMs: number }[];
  /** Puts a note about the session, as it stands, into the queue. */
  readonly note: (stillMs?: number) => Promise<void>;
  /** Runs passes until the session is over. */
  readonly drive: (passes: () => Passes, stop?: () => AbortSignal) => Promise<SessionRecord>;
  readonly ends: PassEnd['end'][];
  /** Takes the answers that are left when the session is over. */
  readonly drain: () => Promise<void>;
}

const NEVER = new AbortController().signal;

/** Drives passes over the session of a swarm whose workers run. */
export function passDriver(swarm: MemorySwarm): PassDriver {
  const notes: { wake: Wake; dueMs: number }[] = [];
  const ends: PassEnd['end'][] = [];
  const settle = (end: PassEnd): void => {
    ends.push(end.end);
    if (end.end === 'open') notes.push({ wake: end.wake, dueMs: swarm.clock.nowMs() + end.afterMs });
  };
  const dueNote = (): Wake | undefined => {
    const at = notes.findIndex(({ dueMs }) => dueMs <= swarm.clock.nowMs());
    return at < 0 ? undefined : notes.splice(at, 1)[0]?.wake;
  };
  return {
    notes,
    ends,
    async drain() {
      for (let turns = 0; turns < 10; turns += 1) {
        await takeAnswers(swarm, async () => undefined);
        await swarm.clock.advance(PACE.tickMs);
      }
    },
    note: async (stillMs) => {
      notes.push({ wake: wakeOf(await swarm.record(), swarm.clock.nowMs(), stillMs), dueMs: swarm.clock.nowMs() });
    },
    async drive(passes, stop = () => NEVER) {
      for (let turns = 0; turns < 2_000; turns += 1) {
        const session = await swarm.record();
        if (isSessionOver(session.state)) return session;
        await takeAnswers(swarm, async () => settle(await passes().hint(swarm.session, stop())));
        const wake = dueNote();
        if (wake !== undefined) settle(await passes().wake(wake, stop()));
        await swarm.clock.advance(PACE.tickMs);
      }
      throw new Error('expected the session to end');
    },
  };
}

/** Takes the answers that are there, one hint for all of them, as a function does with a batch. */
async function takeAnswers(swarm: MemorySwarm, hint: () => Promise<void>): Promise<void> {
  const ports = swarm.coordinatorPorts('c-drain');
  let hinted: Promise<void> | undefined;
  const { handler, options } = answerHandling(ports, async () => (hinted ??= hint()));
  const deliveries = await swarm.driver.receive('coordinator', { max: 10, waitMs: 0 });
  await Promise.all(deliveries.map(async (delivery) => ports.mailbox.take(delivery, handler, options)));
}
