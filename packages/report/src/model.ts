import {
  type ChangedThreshold,
  Decision,
  FindingId,
  type Coverage as RuleCoverage,
  type Finding,
  WATERFALL_STEPS,
} from '@infrafabric/finops';
import { Citation, Claim, ClaimId, DecimalString, EvidenceId, SessionRequest, WorkerRole } from '@infrafabric/protocol';
import { z } from 'zod';
import { Challenges } from './model-challenges.ts';
import { Commitments } from './model-commitments.ts';
import { ActionPlan, LeftOut, Waste } from './model-plan.ts';
import { SecondOpinions } from './model-opinions.ts';
import { count, Grade, ResourceRef, type ShapeOf } from './model-words.ts';

const ACTION_TYPES = [
  'Rightsize',
  'Stop',
  'Delete',
  'Upgrade',
  'ScaleIn',
  'MigrateToGraviton',
  'PurchaseSavingsPlans',
  'PurchaseReservedInstances',
  'Review',
] as const satisfies readonly NonNullable<Finding['actionType']>[];

const Confidence = Claim.shape.confidence;
const Savings = z
  .strictObject({
    basis: z.enum(['list', 'bill']).describe('`bill` when the bill covers the resource.'),
    list: DecimalString,
    effective: DecimalString.describe('Of what the bill really charged; equal to `list` when `basis` is `list`.'),
    cash_now: DecimalString.describe('The part of `effective` that leaves the next invoice.'),
    freed_commitment: DecimalString.describe('The part that only frees a Savings Plan or reservation already paid.'),
    cap: DecimalString.describe('What the resource costs on the same basis: no findings on it save more.'),
    claim: z.exactOptional(ClaimId.describe('Holds the last four as figures; absent with basis `list`.')),
  } satisfies ShapeOf<NonNullable<Finding['savings']>>)
  .meta({ id: 'Savings', description: 'Monthly USD, before overlap with other findings is removed.' });

const Net = z
  .strictObject({ effective: DecimalString, cash_now: DecimalString, freed_commitment: DecimalString })
  .meta({ id: 'Net', description: 'Monthly USD the finding adds to the totals, once overlap is removed.' });

const Decided = z
  .strictObject({
    decision: Decision.shape.decision,
    by: Decision.shape.by,
    at: Decision.shape.at,
    reason: Decision.shape.reason,
    until: Decision.shape.until,
    citation: Citation.describe('The decision itself.'),
  })
  .meta({ id: 'Decided', description: 'What a person decided about a finding.' });
export type Decided = z.infer<typeof Decided>;

/** A finding as the report shows it: what is left of its saving once overlap with other findings is removed. */
export const ReportFinding = z
  .strictObject({
    id: FindingId.describe('The same in every report: names the finding in decisions.'),
    verdict: z.literal('FINDING'),
    rule: z.string(),
    ref: z.string().describe('The number of the same check in the method catalogue.'),
    role: z.string(),
    service: z.string(),
    resource: ResourceRef,
    claim: z.exactOptional(ClaimId),
    reason: z.exactOptional(z.string()),
    detail: z.exactOptional(z.string()),
    actionType: z.exactOptional(z.enum(ACTION_TYPES)),
    step: z.exactOptional(z.enum(WATERFALL_STEPS)),
    severity: z.exactOptional(z.number().min(0).max(10)),
    effort: z.exactOptional(Grade),
    risk: z.exactOptional(Grade),
    restartNeeded: z.exactOptional(z.boolean()),
    rollbackPossible: z.exactOptional(z.boolean()),
    confidence: z.exactOptional(Confidence),
    target: z.exactOptional(z.record(z.string(), z.string()).describe('What the resource is to become.')),
    savings: z.exactOptional(Savings.describe('Absent for advice without dollars.')),
    savings_unknown: z.exactOptional(
      z
        .strictObject({ reason: z.literal('NO_PRICE'), detail: z.string() })
        .describe('Why a finding that costs money has no dollars; it is outside the totals.'),
    ),
    priority: z.enum(['high', 'medium', 'low']),
    net: z.exactOptional(Net),
    alternative_to: z.exactOptional(
      z
        .string()
        .describe('The rule to choose instead: both are options of one step on one resource; this one adds 0.00.'),
    ),
    decided: z.exactOptional(Decided.describe('Present when a person accepted the finding.')),
  } satisfies ShapeOf<
    Omit<Finding, 'excluded'> & {
      id: unknown;
      priority: unknown;
      net?: unknown;
      alternative_to?: unknown;
      decided?: unknown;
    }
  >)
  .meta({ id: 'Finding' });
export type ReportFinding = z.infer<typeof ReportFinding>;

/** A finding that somebody set aside: it is outside the totals, and nothing is netted against it. */
export const SuppressedFinding = z
  .strictObject({
    ...ReportFinding.omit({ net: true, alternative_to: true, decided: true }).shape,
    suppression: z.discriminatedUnion('kind', [
      z.strictObject({ kind: z.literal('decision'), ...Decided.shape }),
      z.strictObject({
        kind: z.literal('tag'),
        expression: z
          .string()
          .describe('The expression on tags, or the tag `infrafabric:ignore`, that fits the resource.'),
        citation: Citation.describe('The tags.'),
      }),
    ]),
  })
  .meta({ id: 'SuppressedFinding', description: 'Outside the totals because a person said so; cited.' });
export type SuppressedFinding = z.infer<typeof SuppressedFinding>;

/** Resources for which one rule could not judge for one and the same reason. */
export const UnknownGroup = z
  .strictObject({
    verdict: z.literal('UNKNOWN'),
    rule: z.string(),
    ref: z.string(),
    role: z.string(),
    service: z.string(),
    reason: z.string(),
    detail: z.string(),
    resources: z.array(ResourceRef).min(1),
  })
  .meta({ id: 'UnknownGroup', description: 'Not known is never 0: these resources are outside the totals.' });
export type UnknownGroup = z.infer<typeof UnknownGroup>;

/** Monthly USD: `gross` before, the others after overlap is removed; each is a figure of the claim named. */
export const Totals = z
  .strictObject({
    claim: ClaimId,
    findings: count,
    gross_list: DecimalString,
    gross_effective: DecimalString,
    net_effective: DecimalString,
    net_cash_now: DecimalString,
    net_freed_commitment: DecimalString,
    net_confident: DecimalString.describe('Of `net_effective`, what findings with a confidence of at least 0.50 save.'),
    net_to_confirm: DecimalString.describe('The rest of `net_effective`: look closer before counting on it.'),
  })
  .meta({ id: 'Totals', description: 'Monthly USD: each amount is a figure of `claim`.' });
export type Totals = z.infer<typeof Totals>;

const Coverage = z
  .strictObject({ rule: z.string(), service: z.string(), finding: count, ok: count, unknown: count })
  .meta({
    id: 'Coverage',
    description: 'How many resources one rule judged, by verdict.',
  }) satisfies z.ZodType<RuleCoverage>;

const Gap = z
  .strictObject({ code: z.string(), what: z.string(), detail: z.string() })
  .meta({ id: 'Gap', description: 'Something that was asked for and is not in the report.' });

const Note = z.strictObject({ code: z.string(), detail: z.string() }).meta({ id: 'Note' });

const Input = z
  .strictObject({
    name: z.string(),
    sha256: z
      .string()
      .regex(/^[0-9a-f]{64}$/)
      .describe('Of the file as found.'),
    bytes: count,
    evidence: EvidenceId.describe('What was stored: differs from the file only when secrets were replaced.'),
    redactions: count,
  })
  .meta({ id: 'Input' });

const Unused = z.strictObject({ what: z.string(), reason: z.string(), count });

/** What a question was read as and which claims answer it; no model is asked. */
export const Answer = z
  .strictObject({
    intent: z.string().describe('What the question is about; `none` when no word of it says.'),
    read_as: z.string(),
    claims: z.array(ClaimId).describe('In the order they answer it.'),
    unanswered: z.exactOptional(z.string().describe('Why no claim answers it.')),
    can_answer: z.exactOptional(z.array(z.string()).describe('What can be asked, when nothing was understood.')),
  })
  .meta({ id: 'Answer' });
export type Answer = z.infer<typeof Answer>;

/**
 * report.json: a pure function of input bytes, options, date and table versions. No session id, time, spend, path or model
 * prose; arrays are sorted; money is decimal strings.
 */
export const Report = z.strictObject({
  format: z.literal('infrafabric.report/1'),
  as_of: z.iso.date().describe('The only date judgement saw.'),
  request: z.strictObject({
    roles: z.array(WorkerRole),
    thresholds: z
      .array(
        z.strictObject({
          rule: z.string(),
          name: z.string(),
          value: DecimalString,
          default: DecimalString,
          unit: z.string(),
        } satisfies ShapeOf<ChangedThreshold>),
      )
      .describe('Limits other than the rules have by themselves.'),
    exclude: z.array(z.string()).describe('Expressions on tags whose resources are set aside.'),
    budget_usd: SessionRequest.shape.budget_usd,
    question: SessionRequest.shape.question,
  }),
  answer: z.exactOptional(Answer.describe('Only with a question.')),
  tables: SessionRequest.shape.tables,
  plan: z.strictObject({ maker: z.literal('deterministic'), tasks: z.array(z.string()) }),
  totals: Totals,
  waste: Waste,
  priority: z.string().describe('How the priority of a finding follows from its other members.'),
  findings: z.array(z.discriminatedUnion('verdict', [ReportFinding, UnknownGroup])),
  action_plan: ActionPlan,
  commitments: z.exactOptional(Commitments.describe('Only with a bill that says what ran.')),
  challenges: z.exactOptional(Challenges.describe('Only with findings that save money.')),
  second_opinions: SecondOpinions,
  left_out: LeftOut,
  suppressed: z.array(SuppressedFinding).describe('Findings set aside by people, outside the totals.'),
  coverage: z.array(Coverage),
  claims: z.array(Claim),
  gaps: z.array(Gap),
  notes: z.array(Note).describe('Remarks a reader needs beside the totals, such as a column that is not believed.'),
  inputs: z.strictObject({
    files: z.array(Input),
    unused: z.array(Unused).describe('Answers and files nothing of ours reads, counted by what they are.'),
  }),
});
export type Report = z.infer<typeof Report>;

/** Whether an entry of `findings` is a finding. */
export const isFinding = (entry: ReportFinding | UnknownGroup): entry is ReportFinding => entry.verdict === 'FINDING';

/** Whether an entry of `findings` is a group of unknowns. */
export const isUnknown = (entry: ReportFinding | UnknownGroup): entry is UnknownGroup => entry.verdict === 'UNKNOWN';
