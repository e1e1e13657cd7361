import { expect, test, vi } from 'vitest';
import { readConfig } from '../config/config.ts';
import { lazyLiveReader } from './reader.ts';

const asked = vi.hoisted(() => ({ clients: [] as string[] }));

vi.mock('./access.ts', () => ({
  openLiveAccess: async () => ({
    collectors: [{ client: 'ec2' }, { client: 'cost-explorer' }, { client: 'budgets' }],
    portsOf: () => ({}),
    close: async () => undefined,
  }),
}));
vi.mock('@infrafabric/collect/live', () => ({
  collectPlace: async (_place: object, collectors: readonly { client: string }[]) => {
    asked.clients = collectors.map(({ client }) => client);
    return {};
  },
}));

test.each([
  [undefined, ['ec2', 'cost-explorer', 'budgets']],
  [true, ['ec2', 'cost-explorer', 'budgets']],
  [false, ['ec2', 'budgets']],
])('an order whose cost is %j asks %j', async (cost, clients) => {
  const config = readConfig({ flags: {}, environment: {} });
  const { read } = lazyLiveReader(config, { put: async () => ({ id: 'if://evidence/sha256/0', fresh: true }) });
  const place = { account: '210987654321', region: 'eu-west-1', today: '2026-11-20', days: 30 };
  await read(cost === undefined ? place : { ...place, cost }, new AbortController().signal);

  expect(asked.clients).toStrictEqual(clients);
});
