import { describe, expect, test } from 'vitest';
import { type FakeInput, fakeCollector, fakePorts, sdkError, STILL_CLOCK } from '../testing/fake-aws.ts';
import { MemoryEvidence } from '../testing/estate-folder.ts';
import type { AskPorts } from './asker.ts';
import { collectPlace, type PlaceResult } from './collect-place.ts';
import type { Collector } from './collector.ts';
import { Politeness, POLITE_SETTINGS } from './politeness.ts';
import { ReadOnlyClients } from './read-only-client.ts';
import { AwsSpend } from './spend.ts';

const PLACE = { account: '123456789012', region: 'eu-west-1', today: '2026-11-20', days: 14, cacheMinutes: 0 };

interface Collected {
  readonly result: PlaceResult;
  readonly texts: Readonly<Record<string, string>>;
}

async function collect(collectors: readonly Collector[], changes: Partial<AskPorts> = {}): Promise<Collected> {
  const evidence = new MemoryEvidence();
  const texts: Record<string, string> = {};
  const clients = new ReadOnlyClients(
    collectors.map((one) => one.id),
    {},
  );
  const result = await collectPlace(PLACE, collectors, {
    ...fakePorts({ clients, ...changes }),
    sink: async (name, bytes) => {
      texts[name] = new TextDecoder().decode(bytes);
      return (await evidence.put(bytes)).id;
    },
  });
  return { result, texts };
}

const namesOf = ({ result }: Collected): string[] => result.files.map((file) => file.name);
const errorsOf = ({ result }: Collected): string[] => result.failed.map((one) => `${one.operation} ${one.error_code}`);

/** Three pages of one thing each. */
const threePages = (_: string, { Token = '1' }: FakeInput): { Things: object[]; Token?: string } => ({
  Things: [{ ThingId: `t-${Token}` }],
  ...(Token === '3' ? {} : { Token: String(Number(Token) + 1) }),
});

const onePerPage = (context: { answers: (id: string) => readonly { answer: object }[] }): FakeInput[] =>
  context.answers('things.ListThings').map(({ answer }) => ({ Name: JSON.stringify(answer) }));

describe('a place', () => {
  test('keeps every page as one canonical file, and every call as one line', async () => {
    const collected = await collect([fakeCollector('ListThings', threePages)]);
    expect(namesOf(collected)).toStrictEqual([
      '123456789012/eu-west-1/requests.ndjson',
      '123456789012/eu-west-1/things.ListThings.1.json',
      '123456789012/eu-west-1/things.ListThings.2.json',
      '123456789012/eu-west-1/things.ListThings.3.json',
    ]);
    expect(collected.texts['123456789012/eu-west-1/things.ListThings.2.json']).toBe(
      '{"Things":[{"ThingId":"t-2"}],"Token":"3"}',
    );
    expect(collected.texts['123456789012/eu-west-1/requests.ndjson']?.split('\n')[1]).toBe(
      '{"at":"2026-11-20T12:34:56.000Z","client":"things","error_code":null,"file":"123456789012/eu-west-1/things.ListThings.2.json","input":{"MaxResults":100,"Token":"2"},"operation":"ListThings","status":200}',
    );
  });

  test('keeps the pages before the one that fails, and names the failure', async () => {
    const collected = await collect([
      fakeCollector('ListThings', (operation, input) => {
        if (input.Token === '3') throw sdkError('AccessDenied', 403);
        return threePages(operation, input);
      }),
    ]);
    expect(namesOf(collected)).toHaveLength(3);
    expect(collected.result.failed).toStrictEqual([
      {
        account: '123456789012',
        region: 'eu-west-1',
        client: 'things',
        operation: 'ListThings',
        error_code: 'AccessDenied',
        denied: ['things:ListThings'],
      },
    ]);
    expect(collected.texts['123456789012/eu-west-1/requests.ndjson']).toMatch(
      /"denied":\["things:ListThings"\],"error_code":"AccessDenied","file":null,"input":\{"MaxResults":100,"Token":"3"\},"operation":"ListThings","status":403/,
    );
  });

  test('a denied service holds up no other', async () => {
    const collected = await collect([
      fakeCollector('ListThings', () => {
        throw sdkError('AccessDeniedException', 400);
      }),
      fakeCollector('ListOthers', () => ({ Things: [] })),
    ]);
    expect(errorsOf(collected)).toStrictEqual(['ListThings AccessDeniedException']);
    expect(namesOf(collected)).toContain('123456789012/eu-west-1/things.ListOthers.1.json');
  });

  test('a detail operation is asked for what its list found, and bounded', async () => {
    const detail = fakeCollector('DescribeThing', (_, { Name = '' }) => ({ Things: [{ Name }] }), {
      after: ['things.ListThings'],
      inputs: onePerPage,
      maxInputs: 2,
    });
    const collected = await collect([detail, fakeCollector('ListThings', threePages)]);
    expect(namesOf(collected).filter((name) => name.includes('DescribeThing'))).toHaveLength(2);
    expect(errorsOf(collected)).toStrictEqual(['DescribeThing TooManyInputs']);
  });

  test('what AWS says there is none of is neither an answer nor a failure', async () => {
    const collected = await collect([
      fakeCollector(
        'GetThingPolicy',
        () => {
          throw sdkError('NoSuchThingPolicy', 404);
        },
        { absent: ['NoSuchThingPolicy'] },
      ),
    ]);
    expect(collected.result.failed).toStrictEqual([]);
    expect(collected.texts['123456789012/eu-west-1/requests.ndjson']).toMatch(
      /"absent":"NoSuchThingPolicy".*"error_code":null,"file":null/,
    );
  });

  test('credentials that expire half-way keep what was read and stop further calls', async () => {
    let calls = 0;
    const expire = (): never => {
      calls += 1;
      throw sdkError('ExpiredTokenException', 400);
    };
    const names = Array.from({ length: 20 }, (_, n) => `ListThings${String.fromCodePoint(65 + n)}`);
    const collected = await collect([
      fakeCollector('ListThings', threePages),
      ...names.map((name) => fakeCollector(name, expire, { after: ['things.ListThings'] })),
    ]);
    expect(namesOf(collected)).toContain('123456789012/eu-west-1/things.ListThings.3.json');
    expect(errorsOf(collected)).toStrictEqual(names.map((name) => `${name} ExpiredTokenException`));
    expect(calls).toBeLessThanOrEqual(8);
  });

  test('throttling is waited out: same answers as without', async () => {
    let calls = 0;
    const throttled = fakeCollector('ListThings', (operation, input) => {
      calls += 1;
      if (calls % 3 !== 0) throw sdkError('ThrottlingException', 400);
      return threePages(operation, input);
    });
    const [calm, busy] = await Promise.all([collect([fakeCollector('ListThings', threePages)]), collect([throttled])]);
    expect(calls).toBe(9);
    expect(busy.texts).toStrictEqual(calm.texts);
  });

  test('a service that fails five times in a row is left alone', async () => {
    let calls = 0;
    const failing = Array.from({ length: 12 }, (_, n) =>
      fakeCollector(
        `ListThings${String.fromCodePoint(65 + n)}`,
        () => {
          calls += 1;
          throw sdkError('InternalFailure', 500);
        },
        n === 0 ? {} : { after: [`things.ListThings${String.fromCodePoint(64 + n)}`] },
      ),
    );
    const politeness = new Politeness(STILL_CLOCK, { ...POLITE_SETTINGS, maxFailedAttempts: 1 });
    const collected = await collect(failing, { politeness });
    expect(calls).toBe(5);
    expect(errorsOf(collected).filter((one) => one.endsWith('CircuitOpen'))).toHaveLength(7);
  });

  test('a paid operation is not asked past the cap', async () => {
    let calls = 0;
    const paid = fakeCollector(
      'ListThings',
      (operation, input) => {
        calls += 1;
        return threePages(operation, input);
      },
      { usdPerRequest: '0.01' },
    );
    const spend = new AwsSpend('0.02');
    const collected = await collect([paid], { spend });
    expect([calls, spend.usd, errorsOf(collected)]).toStrictEqual([2, '0.02', ['ListThings AWS_BUDGET_REACHED']]);
  });

  test('secrets never leave the process', async () => {
    const secret = 'AKIAIOSFODNN7EXAMPLE';
    const collected = await collect([
      fakeCollector('ListThings', () => ({
        Things: [{ UserData: 'cGFzc3dvcmQ=', Environment: { Variables: { TOKEN: 'hush' } }, note: `key ${secret}` }],
      })),
    ]);
    const all = Object.values(collected.texts).join('\n');
    expect(all).not.toMatch(/cGFzc3dvcmQ|hush|AKIA/);
    expect(collected.result.files.find((file) => file.kind === 'answer')?.redactions).toBe(3);
  });

  test('a signal that aborts ends the collection with its reason', async () => {
    const abort = new AbortController();
    const stopping = fakeCollector('ListThings', (operation, input) => {
      abort.abort(new Error('enough'));
      return threePages(operation, input);
    });
    await expect(collect([stopping], { signal: abort.signal })).rejects.toThrow('enough');
  });
});

test.each([
  [
    sdkError('AccessDeniedException', 400, 'User not enabled for cost explorer access'),
    'AWS_COST_EXPLORER_NOT_ENABLED',
  ],
  [sdkError('ValidationException', 400, 'Start date (and hour) should be before end date'), 'DATE_RANGE_INVALID'],
  [sdkError('ExpiredToken', 400), 'AWS_CREDENTIALS'],
  [sdkError('SubscriptionRequiredException', 400), 'AWS_SUPPORT_PLAN_REQUIRED'],
])('%s is named by a code that has a remedy, and never by a missing permission', async (error, code) => {
  const collected = await collect([
    fakeCollector('GetCost', () => {
      throw error;
    }),
  ]);
  expect(collected.result.failed).toStrictEqual([
    {
      account: '123456789012',
      region: 'eu-west-1',
      client: 'things',
      operation: 'GetCost',
      error_code: error.name,
      code,
    },
  ]);
  expect(collected.texts['123456789012/eu-west-1/requests.ndjson']).toContain(`"code":"${code}"`);
});
