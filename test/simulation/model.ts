import {
  executiveSummary,
  LlmError,
  type Model,
  modelOf,
  openModel,
  type ModelReply,
  type ModelRequest,
} from '@infrafabric/llm';
import { isInfraFabricError, type Ids, type Ledger } from '@infrafabric/protocol';
import { StoreError } from '@infrafabric/store';
import { call } from './call.ts';
import type { Process } from './process.ts';
import type { World } from './world.ts';

/** What a model is asked about. */
export interface Question {
  readonly session: string;
  readonly task: string;
}

/** Asks the model about a task. What it says is not heard: no model writes a result. */
export type AskModel = (question: Question, signal: AbortSignal) => Promise<void>;

/** The entry that was reserved last: the call under it comes right after. */
interface Reserved {
  entry: string;
}

/** The one budget of a run. */
const BUDGET = 'run';

const PRICED = modelOf('anthropic', 'claude-sonnet-5-5');

/** The shipped model over a provider that fails as providers do; asks nothing when the scenario has no money for it. */
export function modelOfProcess(process: Process, world: World, ids: Ids): AskModel {
  const { modelCapNanoUsd: cap } = world.scenario;
  if (cap === undefined) return async () => undefined;
  let asked: Question | undefined;
  const reserved: Reserved = { entry: '' };
  const model: Model = openModel({
    driver: {
      name: 'anthropic',
      endpoint: async () => 'simulated',
      complete: async (request) => complete(request, { session: '', task: '', ...asked, ...reserved }, process, world),
      close: () => undefined,
    },
    model: PRICED,
    ledger: ledgerPort(process, world, reserved),
    budgets: () => [{ name: BUDGET, cap }],
    answers: { get: async () => undefined, put: async () => undefined },
    clock: process.clock,
    ids,
    tenacity: { maxAttempts: 2 },
  });
  return async (question, signal) => {
    asked = question;
    try {
      await model.ask(executiveSummary, { ...question }, signal);
    } catch (error) {
      if (!isInfraFabricError(error)) throw error;
    }
  };
}

/** How a provider answers: well, or not at all, or in a way that it charges for all the same. */
const BEHAVIOURS = [
  'answer',
  'answer',
  'answer',
  'throttled',
  'overloaded',
  'silent',
  'broken',
  'garbage',
  'overcount',
] as const;

async function complete(
  request: ModelRequest,
  { session, task, entry }: Question & Reserved,
  process: Process,
  world: World,
): Promise<ModelReply> {
  const { chance, record, rate } = world;
  const behaviour = chance.fault('model', process.name, Math.min(1, rate.model))
    ? chance.pick(`${process.name} model behaves`, BEHAVIOURS)
    : 'answer';
  return call(process, world, {
    point: 'model.ask',
    effect: async () => {
      if (behaviour === 'throttled') throw new LlmError('LLM_THROTTLED', { message: '429', isUnpaid: true });
      if (behaviour === 'overloaded') throw new LlmError('LLM_OVERLOADED', { message: '529', isUnpaid: true });
      const usage = {
        inputTokens: Math.ceil(request.text.length / 4),
        outputTokens: 1 + chance.int(`${process.name} model tokens`, request.maxTokens),
        cacheReadTokens: 0,
        cacheWriteTokens: 0,
      };
      world.tally.modelCalls += 1;
      record({ kind: 'call', by: process.name, session, task, budget: BUDGET, entry, amount: PRICED.cost(usage) });
      if (behaviour === 'broken') throw new LlmError('LLM_UNAVAILABLE', { message: 'the connection broke' });
      if (behaviour === 'silent') return new Promise<never>(() => undefined);
      const text =
        behaviour === 'garbage' ? '{"sentences":' : '{"sentences":[{"text":"Nothing that counts.","claims":[]}]}';
      const told = behaviour === 'overcount' ? { ...usage, outputTokens: usage.outputTokens * 1_000 } : usage;
      return { text, stopReason: 'end' as const, usage: told };
    },
  });
}

/** The ledger as one process reaches it. */
function ledgerPort(process: Process, world: World, reserved: Reserved): Ledger {
  const { ledger, record } = world;
  return {
    balance: async (budget) =>
      call(process, world, { point: 'ledger.balance', unavailable: away, effect: async () => ledger.balance(budget) }),
    async reserve(budget, entry, { amount, cap }) {
      const noted = { kind: 'ledger', by: process.name, op: 'reserve', budget, entry, amount, cap } as const;
      const isReserved = await call(process, world, {
        point: 'ledger.reserve',
        unavailable: away,
        isRepeated: true,
        onLost: () => record({ ...noted, outcome: 'lost' }),
        async effect(isTold) {
          const isHeld = await ledger.reserve(budget, entry, { amount, cap });
          record({ ...noted, outcome: isHeld ? (isTold ? 'applied' : 'lost-applied') : 'refused' });
          return isHeld;
        },
      });
      reserved.entry = entry;
      return isReserved;
    },
    async settle(budget, entry, { reserved, spent }) {
      const noted = { kind: 'ledger', by: process.name, op: 'settle', budget, entry, reserved, spent } as const;
      return call(process, world, {
        point: 'ledger.settle',
        unavailable: away,
        isRepeated: true,
        onLost: () => record({ ...noted, outcome: 'lost' }),
        async effect(isTold) {
          const before = await ledger.balance(budget);
          await ledger.settle(budget, entry, { reserved, spent });
          const isSettled = (await ledger.balance(budget)).settled > before.settled;
          record({ ...noted, outcome: isSettled ? (isTold ? 'applied' : 'lost-applied') : 'refused' });
        },
      });
    },
  };
}

const away = (): StoreError => new StoreError('UNAVAILABLE', { message: 'the ledger did not answer in time' });
