import { type BillResult, billResult, type Gathered, type JudgeResult } from '@infrafabric/finops';
import { aBill, aBillCitation, onDay } from '@infrafabric/finops/testing';
import { evidenceId, makeClaim } from '@infrafabric/protocol';
import { expect, test } from 'vitest';
import { budgetAgent } from '../budget/agent.ts';
import { parseJson } from '../blob-json.ts';
import { type MemorySwarm, memorySwarm } from '../testing/memory-swarm.ts';
import { passDriver } from '../testing/pass-driver.ts';
import { smallestResult } from '../testing/memory-estate.ts';

const VOLUME = 'vol-00000000000000001';
const TASK = 'budget/challenge/0';

/** 10.00 USD in 730 hours: 0.328767 USD a day. */
const BILL = aBill(
  ['2026-11-01', '2026-11-02'].map((day) => ({ ...onDay(day), ResourceId: VOLUME, BilledCost: '0.328767' })),
);

/** A pricing agent that says one volume costs `usd` a month and can be removed. */
function saving(usd: string): JudgeResult {
  const prices = { evidence: evidenceId('9'.repeat(64)), pointer: '', media_type: 'application/json' } as const;
  const figure = (name: string) => ({
    name,
    value: usd,
    unit: 'USD/month',
    derivation: { id: 'finops/planted@1', params: {} },
    citations: [prices],
  });
  const claim = makeClaim({
    topic: 'saving',
    statement: `The volume costs ${usd} USD/month.`,
    figures: [figure('list_saving'), figure('list_cost')],
    citations: [],
    confidence: '0.90',
    role: 'pricing',
  });
  return {
    kind: 'judge',
    coverage: [],
    claims: [claim],
    findings: [
      {
        rule: 'ebs-unattached',
        ref: 'EBS-01',
        role: 'pricing',
        service: 'ebs',
        resource: { account: '111122223333', region: 'eu-west-1', type: 'EbsVolume', id: VOLUME },
        verdict: 'FINDING',
        claim: claim.id,
        step: 'terminate',
        confidence: '0.90',
        savings: { basis: 'list', list: usd, effective: usd, cash_now: usd, freed_commitment: '0.00', cap: usd },
      },
    ],
  };
}

/** A swarm whose pricing agent finds one saving, and whose budget agent has the bill. */
function swarmOf(name: string, usd: string): MemorySwarm {
  const swarm = memorySwarm(name);
  const billed: BillResult = billResult({ lines: { cited: [BILL], citations: [aBillCitation()] } });
  const collector = swarm.perform.get('collector')!;
  swarm.perform.set('collector', async (order, desk) =>
    order.type === 'collector.read-bill' ? billed : collector(order, desk),
  );
  swarm.perform.set('pricing', async ({ type, region, service }) =>
    type === 'pricing.judge' && service === 'ebs' && region === 'eu-west-1' ? saving(usd) : smallestResult(type),
  );
  swarm.perform.set('budget', async (order, desk) =>
    order.type === 'budget.challenge'
      ? budgetAgent.perform(order, { ...desk, cited: async () => BILL })
      : smallestResult(order.type),
  );
  return swarm;
}

const actsOf = async (swarm: MemorySwarm): Promise<string[]> => {
  const { request_wire, answer_wire = '{}' } = await swarm.task(TASK);
  return [request_wire, answer_wire].map((wire) => parseJson<{ performative: string }>(wire).performative);
};

async function run(swarm: MemorySwarm): Promise<Gathered> {
  swarm.workers();
  await swarm.create();
  await swarm.until(swarm.coordinator().run(swarm.session));
  return parseJson<Gathered>(swarm.reports[0]!);
}

test.each([
  ['10.00', 'confirm'],
  ['12.00', 'confirm'],
  ['15.00', 'disconfirm'],
  ['5.00', 'disconfirm'],
])('a saving of %s that the bill says is 10.00 is answered by %s', async (usd, outcome) => {
  const swarm = swarmOf(`challenge ${usd}`, usd);
  const { results, gaps } = await run(swarm);

  expect(await actsOf(swarm)).toStrictEqual(['challenge', outcome]);
  expect(results.find(({ task_id }) => task_id === TASK)?.result).toMatchObject({ kind: 'challenge', outcome });
  expect(gaps).toStrictEqual([]);
  expect((await swarm.record()).phase).toBe('challenge');
});

test('a coordinator that takes over after the challenge was sent gathers the same bytes', async () => {
  const whole = swarmOf('challenge whole', '15.00');
  await run(whole);
  const swarm = swarmOf('challenge whole', '15.00');
  const first = swarm.coordinator('c-1');
  const sent = Promise.withResolvers<undefined>();
  const budget = swarm.perform.get('budget')!;
  swarm.perform.set('budget', async (order, desk) => {
    if (order.type === 'budget.challenge') sent.resolve(undefined);
    return budget(order, desk);
  });
  swarm.loses = ({ body, role }) => role === 'coordinator' && body.includes('"performative":"disconfirm"');
  swarm.workers();
  await swarm.create();
  const running = first.run(swarm.session);
  await swarm.until(sent.promise);
  await swarm.until(first.close());
  await running;
  swarm.dead.add('c-1');
  await swarm.until(swarm.coordinator('c-2').run(swarm.session));

  expect(swarm.reports.at(-1)).toBe(whole.reports[0]);
  expect(await actsOf(swarm)).toStrictEqual(['challenge', 'disconfirm']);
});

test('short passes of many coordinators challenge too, and make the same report', async () => {
  const whole = swarmOf('challenge stays', '15.00');
  await run(whole);
  const swarm = swarmOf('challenge passes', '15.00');
  const driver = passDriver(swarm);
  swarm.workers();
  await swarm.create();
  await driver.note();
  let n = 0;

  expect(await driver.drive(() => swarm.passes(`c-${(n += 1)}`))).toMatchObject({ state: 'DONE', phase: 'challenge' });
  expect(swarm.reports).toStrictEqual(whole.reports);
  expect(await actsOf(swarm)).toStrictEqual(['challenge', 'disconfirm']);
});

test('nobody is challenged where the agent of the budget was not asked for', async () => {
  const swarm = swarmOf('challenge nobody', '15.00');
  swarm.workers();
  const { request } = await swarm.create({ state: 'CREATED' });
  const { session_id } = await swarm.record();
  await swarm.state.changeSession(session_id, {
    expect: {},
    set: { request: { ...request, roles: ['collector', 'pricing'] } },
  });
  await swarm.until(swarm.coordinator().run(swarm.session));
  const record = await swarm.record();

  expect([record.state, record.plan_challenge]).toStrictEqual(['DONE', undefined]);
});
