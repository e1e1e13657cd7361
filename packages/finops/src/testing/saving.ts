import { type Claim, makeClaim } from '@infrafabric/protocol';
import type { Finding, WaterfallStep } from '../model/finding.ts';
import { Decimal, formatUsd } from '../money.ts';
import { billedFigures, billedSaving } from '../savings/billed-claim.ts';
import { anEvidenceId } from './observed.ts';

/** A finding to make, in words and cents. */
export interface SavingPlan {
  readonly rule: string;
  readonly id: string;
  readonly step: WaterfallStep;
  /** List saving and list cost in cents. */
  readonly saving: number;
  readonly cost: number;
  readonly service?: string;
  /** Default 0.90. */
  readonly confidence?: string;
  /** Billed effective and committed cost in cents; no bill when absent. */
  readonly billed?: readonly [number, number];
}

/** A finding that saves, with its claims: at list price, or on a bill when `billed` says what it charges. */
export function aSaving(plan: SavingPlan): { finding: Finding; claims: Claim[] } {
  const figure = (name: string, cents: number) => ({
    name,
    value: usd(cents),
    unit: 'USD/month',
    derivation: { id: 'finops/test@1', params: {} },
    citations: [],
  });
  const costs = plan.billed && {
    resource_id: plan.id,
    effective: usd(plan.billed[0]),
    on_demand: usd(plan.billed[0] - plan.billed[1]),
    committed: usd(plan.billed[1]),
    days: 30,
    basis: 'EffectiveCost' as const,
    citations: [{ evidence: anEvidenceId('bill'), pointer: '', media_type: 'text/csv' as const }],
  };
  const claim = makeClaim({
    topic: 'saving',
    statement: `${plan.rule} ${plan.id}`,
    figures: [
      figure('list_cost', plan.cost),
      figure('list_saving', plan.saving),
      ...(costs ? billedFigures(costs) : []),
    ],
    citations: [],
    confidence: plan.confidence ?? '0.90',
    role: 'pricing',
  });
  const billed = costs && billedSaving(claim);
  const list = usd(plan.saving);
  const finding: Finding = {
    rule: plan.rule,
    ref: 'X',
    role: 'pricing',
    service: plan.service ?? 'ec2',
    resource: { account: '123456789012', region: 'us-east-1', type: 'Ec2Instance', id: plan.id },
    verdict: 'FINDING',
    claim: claim.id,
    step: plan.step,
    confidence: claim.confidence,
    savings: billed?.savings ?? {
      basis: 'list',
      list,
      effective: list,
      cash_now: list,
      freed_commitment: '0.00',
      cap: usd(plan.cost),
    },
  };
  return { finding, claims: [claim, ...(billed ? [billed.claim] : [])] };
}

const usd = (cents: number): string => formatUsd(new Decimal(cents).div(100));
