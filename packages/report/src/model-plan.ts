import {
  type CommandBlock as Block,
  FindingId,
  PLAN_TIMES,
  type PlanItem as Item,
  type PlanStep as Step,
} from '@infrafabric/finops';
import { ClaimId, DecimalString } from '@infrafabric/protocol';
import { z } from 'zod';
import { count, Grade, ResourceRef, type ShapeOf } from './model-words.ts';

/** What is paid for nothing: see `WASTE_MEANING`; each amount is a figure of the claim named. */
export const Waste = z
  .strictObject({
    claim: ClaimId,
    meaning: z.string(),
    usd_month: DecimalString,
    billed_usd_month: DecimalString.describe('The part on resources the bill has lines for.'),
    percent_of_bill: z.exactOptional(
      DecimalString.describe(
        '`billed_usd_month` in percent of a month of usage on the bill; absent without such a bill.',
      ),
    ),
    services: z.array(z.strictObject({ service: z.string(), usd_month: DecimalString })),
  })
  .meta({ id: 'Waste', description: 'Monthly USD: each amount is a figure of `claim`.' });
export type Waste = z.infer<typeof Waste>;

const CommandBlock = z
  .strictObject({
    purpose: z.enum(['save', 'change', 'undo']),
    lines: z.array(z.string()).readonly(),
  } satisfies ShapeOf<Block>)
  .meta({ id: 'CommandBlock', description: 'Lines to copy as a whole, joined by `&&`; shown, never run.' });

const PlanItem = z
  .strictObject({
    finding: FindingId,
    resource: ResourceRef,
    usd_month: z.exactOptional(DecimalString),
    commands: z.array(CommandBlock).readonly(),
    no_commands: z.exactOptional(z.string().describe('Why there is no line to copy.')),
  } satisfies ShapeOf<Item>)
  .meta({ id: 'PlanItem' });

/** What to do about all findings of one rule. */
export const PlanStep = z
  .strictObject({
    order: z.int().min(1),
    when: z.enum(PLAN_TIMES).describe('By the worse of effort and risk: up to Low, Medium, or more.'),
    rule: z.string(),
    title: z.string(),
    effort: Grade,
    risk: Grade,
    restart: z.boolean(),
    findings: count,
    usd_month: z.exactOptional(DecimalString.describe('Net of overlap; absent for advice without dollars.')),
    note: z.exactOptional(z.string()),
    items: z.array(PlanItem).readonly().describe('The dearest first.'),
    more: count.describe('Findings of the step without an item here.'),
  } satisfies ShapeOf<Step>)
  .meta({ id: 'PlanStep' });
export type PlanStep = z.infer<typeof PlanStep>;

/** What the totals do not say because somebody set it aside. */
export const LeftOut = z
  .strictObject({
    claim: ClaimId,
    findings: count,
    usd_month: DecimalString.describe('Effective saving of findings set aside, before overlap is removed.'),
  })
  .meta({ id: 'LeftOut', description: 'Monthly USD: the amount is a figure of `claim`.' });
export type LeftOut = z.infer<typeof LeftOut>;

/** What to do, in the order of work. */
export const ActionPlan = z
  .strictObject({
    claim: ClaimId.describe('Figures `step.<order>` and `when.<time>`.'),
    covered: count.describe('Findings without a step: options not chosen, or of which earlier steps leave nothing.'),
    steps: z.array(PlanStep).readonly(),
  })
  .meta({ id: 'ActionPlan', description: 'What to do, in the order of work.' });
