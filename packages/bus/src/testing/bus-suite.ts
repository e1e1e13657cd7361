import type { Role } from '@infrafabric/protocol';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type BusDriver, type Delivery, MAX_MESSAGE_BYTES, MAX_RECEIVES, VISIBILITY_MS } from '../bus-driver.ts';

/** A bus under test: every role but `budget` has a queue, and all of them are empty. */
export interface BusHarness {
  readonly driver: BusDriver;
  /** Moves the bus's own time forward. */
  advance(ms: number): Promise<void>;
  close(): Promise<void>;
}

const SESSION = 's-01936000-0000-7000-8000-000000000001';
const KIB = 1_024;

const bodies = (deliveries: readonly { body: string }[]): string[] => deliveries.map(({ body }) => body).sort();

/** What every bus driver promises. `make` opens an empty bus on a clock that stands still. */
export function testBusDriver(name: string, make: () => Promise<BusHarness>): void {
  describe(`bus over ${name}`, () => {
    let harness: BusHarness;
    let driver: BusDriver;
    beforeEach(async () => {
      harness = await make();
      driver = harness.driver;
    });
    afterEach(async () => {
      await driver.close();
      await harness.close();
    });

    const publish = async (...bodies: readonly string[]) =>
      driver.publish(bodies.map((body) => ({ body, role: 'pricing' as const, session: SESSION })));
    const take = async (max = 10, role: Role = 'pricing'): Promise<Delivery[]> =>
      driver.receive(role, { max, waitMs: 0 });
    const takeOne = async (): Promise<Delivery> => {
      const [delivery] = await take(1);
      if (delivery === undefined) throw new Error('expected a delivery, got none');
      return delivery;
    };
    const takeDead = async () => driver.receiveDead('pricing', { max: 10, waitMs: 0 });
    /** Everything in the queue, in as many receives as it takes. */
    const drain = async (): Promise<Delivery[]> => {
      const all: Delivery[] = [];
      for (let some = await take(); some.length > 0; some = await take()) all.push(...some);
      return all;
    };

    test('delivers what was published to the queue of its role only', async () => {
      await driver.publish([
        { body: 'to pricing', role: 'pricing', session: SESSION },
        { body: 'to the coordinator', role: 'coordinator', session: SESSION },
      ]);

      expect(bodies(await take())).toStrictEqual(['to pricing']);
      expect(bodies(await take(10, 'coordinator'))).toStrictEqual(['to the coordinator']);
      expect(await take(10, 'rightsizing')).toStrictEqual([]);
    });

    test('publishes a batch of 25 and answers for each', async () => {
      const sent = Array.from({ length: 25 }, (_, n) => `message ${n}`);

      expect(await publish(...sent)).toStrictEqual(sent.map(() => ({ published: true })));
      expect(bodies(await drain())).toStrictEqual(sent.toSorted());
    });

    test('hands out at most the asked number, 1 to 10', async () => {
      await publish(...Array.from({ length: 12 }, (_, n) => `m${n}`));

      expect(await take(1)).toHaveLength(1);
      expect((await take(10)).length).toBeLessThanOrEqual(10);
    });

    test('carries a body of 192 KiB and every kind of character', async () => {
      const big = 'é'.repeat(96 * KIB);
      const odd = '"<&>\'\u{1F4B6} \t\n';
      await publish(big, odd);

      expect(bodies(await drain())).toStrictEqual([odd, big].sort());
    });

    test('carries ten bodies of 192 KiB published at once', async () => {
      const sent = Array.from({ length: 10 }, (_, n) => `${n}`.repeat(192 * KIB));

      expect(await publish(...sent)).toStrictEqual(sent.map(() => ({ published: true })));
      expect(bodies(await drain())).toStrictEqual(sent);
    });

    test('refuses a body above the bound and sends its neighbours', async () => {
      const [first, second, third] = await publish('before', 'x'.repeat(MAX_MESSAGE_BYTES + 1), 'after');

      expect([first, third]).toStrictEqual([{ published: true }, { published: true }]);
      expect(second).toMatchObject({ published: false, error: { code: 'TOO_LARGE', retry: 'never' } });
      expect(bodies(await drain())).toStrictEqual(['after', 'before']);
    });

    test('refuses a role without a queue', async () => {
      const outcomes = await driver.publish([{ body: 'x', role: 'budget', session: SESSION }]);

      expect(outcomes).toMatchObject([{ published: false, error: { code: 'ROLE_UNKNOWN', retry: 'never' } }]);
      await expect(take(1, 'budget')).rejects.toMatchObject({ code: 'ROLE_UNKNOWN' });
      await expect(driver.receiveDead('budget', { max: 1, waitMs: 0 })).rejects.toMatchObject({ code: 'ROLE_UNKNOWN' });
    });

    test('delivers again what nobody settled, and counts', async () => {
      await publish('left alone');
      expect((await takeOne()).receiveCount).toBe(1);

      await harness.advance(VISIBILITY_MS - 1_000);
      expect(await take()).toStrictEqual([]);
      await harness.advance(1_001);
      const again = await takeOne();
      expect([again.body, again.receiveCount]).toStrictEqual(['left alone', 2]);
    });

    test('deletes what is acknowledged', async () => {
      await publish(...Array.from({ length: 25 }, (_, n) => `m${n}`));
      const all = await drain();
      await Promise.all(all.map(async (delivery) => delivery.ack()));

      await harness.advance(VISIBILITY_MS + 1_000);
      expect(all).toHaveLength(25);
      expect(await take()).toStrictEqual([]);
    });

    test('gives a retried message back after its wait, with a higher count', async () => {
      await publish('again');
      await (await takeOne()).retryAfter(4_000);

      await harness.advance(3_000);
      expect(await take()).toStrictEqual([]);
      await harness.advance(1_001);
      const again = await takeOne();
      expect([again.body, again.receiveCount]).toStrictEqual(['again', 2]);
    });

    test('keeps an extended message hidden, and says when it is lost', async () => {
      await publish('long work');
      const held = await takeOne();
      await harness.advance(VISIBILITY_MS - 5_000);
      expect(await held.extend(VISIBILITY_MS)).toBe(true);

      await harness.advance(VISIBILITY_MS - 1_000);
      expect(await take()).toStrictEqual([]);
      await harness.advance(2_000);
      const taken = await takeOne();
      expect(await held.extend(VISIBILITY_MS)).toBe(false);
      expect(await taken.extend(VISIBILITY_MS)).toBe(true);
    });

    test('moves a dead letter with its reason behind the queue', async () => {
      await publish('poison');
      await (await takeOne()).deadLetter('UNEXPECTED', `bell \u0007 and ${'long '.repeat(400)}`);

      await harness.advance(VISIBILITY_MS + 1_000);
      expect(await take()).toStrictEqual([]);
      const [dead] = await takeDead();
      expect(dead).toMatchObject({ body: 'poison', code: 'UNEXPECTED', receives: 1 });
      expect(dead?.detail).toMatch(/^bell . and long long /);
      expect(dead?.detail).toHaveLength(1_000);
    });

    test('keeps a dead letter until it is deleted', async () => {
      await publish('poison');
      await (await takeOne()).deadLetter('REFUSED', '');

      await (await takeDead())[0]?.retryAfter(1_000);
      await harness.advance(1_001);
      const [dead] = await takeDead();
      expect([dead?.code, dead?.detail]).toStrictEqual(['REFUSED', '']);
      await dead?.ack();
      await harness.advance(VISIBILITY_MS + 1_000);
      expect(await takeDead()).toStrictEqual([]);
    });

    test('gives a message up after too many receives', async () => {
      await publish('never settled');
      for (let receive = 1; receive <= MAX_RECEIVES; receive += 1) {
        expect((await takeOne()).receiveCount).toBe(receive);
        await harness.advance(VISIBILITY_MS + 1_000);
      }

      expect(await take()).toStrictEqual([]);
      const [dead] = await driver.receiveDead('pricing', { max: 1, waitMs: 0 });
      expect(dead).toMatchObject({ body: 'never settled', code: 'RECEIVE_COUNT', detail: '', receives: 10 });
    });

    test('never lets two consumers hold one delivery', async () => {
      await publish(...Array.from({ length: 50 }, (_, n) => `m${n}`));
      const taken = (await Promise.all(Array.from({ length: 20 }, async () => take(3)))).flat();

      expect(new Set(bodies(taken)).size).toBe(taken.length);
      expect(taken.length).toBeGreaterThan(40);
    });

    test('waits for the first delivery', async () => {
      const waiting = driver.receive('pricing', { max: 1, waitMs: 20_000 });
      await harness.advance(5_000);
      await publish('late');

      expect(bodies(await waiting)).toStrictEqual(['late']);
    });

    test('ends a wait in vain with nothing', async () => {
      const waiting = driver.receive('pricing', { max: 1, waitMs: 2_000 });
      await harness.advance(2_001);

      expect(await waiting).toStrictEqual([]);
    });

    test('ends a wait when its signal aborts', async () => {
      const stop = new AbortController();
      const waiting = driver.receive('pricing', { max: 1, waitMs: 20_000, signal: stop.signal });
      await harness.advance(1);
      stop.abort();

      expect(await waiting).toStrictEqual([]);
    });

    test('closes twice, ends waits and refuses new calls, but settles what is in hand', async () => {
      await publish('in hand', 'left');
      const held = await takeOne();
      const waiting = driver.receive('rightsizing', { max: 1, waitMs: 20_000 });
      await harness.advance(1);
      await driver.close();
      await driver.close();

      expect(await waiting).toStrictEqual([]);
      await held.ack();
      await expect(take()).rejects.toMatchObject({ code: 'CLOSED' });
      expect(await publish('late')).toMatchObject([{ published: false, error: { code: 'CLOSED' } }]);
    });
  });
}
