import type { Clock } from '@infrafabric/protocol';

interface Waiter {
  readonly leave: () => void;
}

interface Room {
  readonly waiters: Waiter[];
  alarm?: { atMs: number; cancel: AbortController };
}

/** Why an alarm is off: a reason costs less than the error that stands in for none. */
const CANCELLED = 'cancelled';

/**
 * Where long polls wait. A message wakes one of them, the one that came first; the others keep waiting.
 *
 * One alarm a queue waits for the next message that becomes visible by itself (a delay or a visibility timeout ends).
 */
export class WaitingRooms {
  readonly #clock: Clock;
  readonly #nextVisibleMs: (queueId: number) => number | undefined;
  readonly #rooms = new Map<number, Room>();
  #closed = false;

  constructor(clock: Clock, nextVisibleMs: (queueId: number) => number | undefined) {
    this.#clock = clock;
    this.#nextVisibleMs = nextVisibleMs;
  }

  /** True once no long poll may wait any more. */
  get closed(): boolean {
    return this.#closed;
  }

  /** Resolves when a message may be there, when `timeoutMs` is over, when `signal` aborts or when the rooms close. */
  async wait(queueId: number, timeoutMs: number, signal: AbortSignal | undefined): Promise<void> {
    if (this.#closed || signal?.aborted) return;
    const room = this.#room(queueId);
    const over = new AbortController();
    const waiter: Waiter = { leave: () => over.abort('left') };
    room.waiters.push(waiter);
    signal?.addEventListener('abort', waiter.leave, { once: true });
    this.ring(queueId);
    await this.#clock.sleep(timeoutMs, over.signal);
    signal?.removeEventListener('abort', waiter.leave);
    const place = room.waiters.indexOf(waiter);
    if (place >= 0) room.waiters.splice(place, 1);
    if (room.waiters.length === 0) this.#dismiss(queueId, room);
  }

  /** Wakes the first waiter when a message is visible, or sets the alarm for when one will be. */
  ring(queueId: number): void {
    const room = this.#rooms.get(queueId);
    if (room === undefined || room.waiters.length === 0) return;
    const nextMs = this.#nextVisibleMs(queueId);
    if (nextMs === undefined) return;
    if (nextMs <= this.#clock.nowMs()) room.waiters.shift()?.leave();
    else this.#setAlarm(queueId, room, nextMs);
  }

  /** Sends everybody away; later waits end at once. */
  close(): void {
    this.#closed = true;
    for (const room of this.#rooms.values()) {
      room.alarm?.cancel.abort(CANCELLED);
      for (const waiter of room.waiters.splice(0)) waiter.leave();
    }
    this.#rooms.clear();
  }

  #room(queueId: number): Room {
    const room = this.#rooms.get(queueId) ?? { waiters: [] };
    this.#rooms.set(queueId, room);
    return room;
  }

  #dismiss(queueId: number, room: Room): void {
    room.alarm?.cancel.abort(CANCELLED);
    if (this.#rooms.get(queueId) === room) this.#rooms.delete(queueId);
  }

  #setAlarm(queueId: number, room: Room, atMs: number): void {
    if (room.alarm !== undefined && room.alarm.atMs <= atMs) return;
    room.alarm?.cancel.abort(CANCELLED);
    const alarm = { atMs, cancel: new AbortController() };
    room.alarm = alarm;
    const afterMs = Math.max(1, atMs - this.#clock.nowMs());
    void this.#awaitAlarm(queueId, room, afterMs);
  }

  async #awaitAlarm(queueId: number, room: Room, afterMs: number): Promise<void> {
    const { alarm } = room;
    await this.#clock.sleep(afterMs, alarm?.cancel.signal);
    if (alarm?.cancel.signal.aborted !== false) return;
    delete room.alarm;
    this.ring(queueId);
  }
}
