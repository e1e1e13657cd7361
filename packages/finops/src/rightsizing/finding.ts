import type { JsonObject } from '@infrafabric/protocol';
import type { Entry, FigureRequest, Subject, Verdict } from '../model/rule.ts';
import {
  type Source,
  citationsOf,
  entrySource,
  figure,
  itemSource,
  listCost,
  listSaving,
  seriesSource,
} from '../rules/reading/figures.ts';
import type { Instance, Specification } from '../rules/reading/instance.ts';
import { UNDERUSED_CPU } from '../rules/reading/idle-profiles.ts';
import { metricMean, metricPercentile } from '../rules/reading/metric-figures.ts';
import { readMetric } from '../rules/reading/metrics.ts';
import { priceDates } from '../rules/reading/prices.ts';
import { limitOf } from '../rules/reading/thresholds.ts';
import { OK } from '../rules/reading/verdicts.ts';
import { burstBaseline } from './burst-baseline.ts';
import type { PricedCandidate } from './candidates.ts';
import { DIMENSIONS, type Dimension, MEASURED, OTHER_PER_MILLE, capacityOf } from './demand.ts';
import { ec2OversizedListCost, ec2OversizedListSaving, ec2OversizedProjected } from './derivations.ts';
import { type Load, cpuPerMille } from './load.ts';
import { listOptions, projectionSources } from './option-figures.ts';
import { type RightsizingLimits, presetOf } from './presets.ts';
import { burstNeed, performanceRisk, rightsizingLimit, rightsizingProjected } from './projection.ts';
import { spotAdvice } from './spot-advice.ts';

/** A choice made: the type now and its price, everything cheaper, and the type to move to. */
export interface Chosen {
  readonly now: Specification;
  readonly limits: RightsizingLimits;
  readonly load: Load;
  readonly price: Entry;
  readonly cheaper: readonly PricedCandidate[];
  readonly chosen: PricedCandidate;
}

/** The finding of a move to the chosen type: what was measured, what it becomes, what it saves, and what else was considered. */
export function rightsizingFinding(subject: Subject, instance: Instance, choice: Chosen): Verdict {
  const { now, limits, load, price, cheaper, chosen } = choice;
  const [item, old, next] = [itemSource(subject), entrySource(price), entrySource(chosen.price)];
  const saving = listSaving({ derivation: ec2OversizedListSaving, from: [item, old, next] });
  if (!saving.value.greaterThan(0)) return OK;
  const projections = DIMENSIONS.flatMap((one) => projection(one, choice));
  const burst = burstFigures(choice);
  const mean = underusedMean(subject);
  const options = listOptions(subject, cheaper, { chosen, price, saving: ec2OversizedListSaving });
  const spot = spotAdvice(subject, instance, { chosen, saving: ec2OversizedListSaving });
  return {
    verdict: 'FINDING',
    statement:
      `${usedText(choice)} on ${chosen.type.name} ${projectedText(choice, new Set(projections.map((one) => one.name)))}, and it costs {list_saving} less at list prices of ` +
      `${priceDates([price, chosen.price])}. Limits: ${presetText(limits)}; effort ${chosen.effort}, performance risk {performance_risk} of 4.` +
      (burst.length === 0
        ? ''
        : ' Its busiest day averages {burst_need} of the vCPUs, and credits pay for {burst_baseline}.') +
      `${mean === undefined ? '' : ' With a mean CPU of {cpu_mean} profile classic calls it underused.'}${options.sentence}${spot.sentence}`,
    figures: [
      usedCpu(load, limits),
      ...projections,
      risk(choice),
      ...limitFigures(limits),
      ...burst,
      ...(mean === undefined ? [] : [mean]),
      ...options.figures,
      ...spot.figures,
    ],
    listCost: listCost({ derivation: ec2OversizedListCost, from: [item, old] }).request,
    listSaving: saving.request,
    citations: citationsOf([item, entrySource(now.entry), entrySource(chosen.type.entry)]),
    confidence: confidenceOf(load, chosen),
    effort: chosen.effort,
    step: isSameFamily(now.name, chosen.type.name) ? 'rightsize' : 'generation',
    target: { instance_type: chosen.type.name },
  };
}

/**
 * Within a family prices go with size, so a smaller size saves the same share of whatever type the resource becomes; a move to
 * another family is a change of generation or architecture too, and excludes the others.
 */
const isSameFamily = (a: string, b: string): boolean => a.split('.')[0] === b.split('.')[0];

const linesOf = (load: Load, dimension: Dimension): readonly Source[] =>
  (load.series[dimension] ?? []).map(seriesSource);

function projection(dimension: Dimension, { now, limits, load, chosen }: Chosen): FigureRequest[] {
  const lines = linesOf(load, dimension);
  if (lines.length === 0 || capacityOf(chosen.type.entry.value, dimension) === undefined) return [];
  const from = projectionSources(now.entry, chosen.type.entry, lines);
  const per_mille = dimension === 'cpu' ? cpuPerMille(limits) : OTHER_PER_MILLE;
  const isShare = dimension === 'cpu' || dimension === 'memory';
  return [
    figure({
      name: `projected_${dimension}`,
      unit: '%',
      derivation: isShare ? ec2OversizedProjected : rightsizingProjected,
      from,
      params: isShare ? { field: MEASURED[dimension].field, per_mille } : { dimension, per_mille },
    }).request,
  ];
}

const risk = ({ now, limits, load, chosen }: Chosen): FigureRequest =>
  figure({
    name: 'performance_risk',
    unit: 'count',
    derivation: performanceRisk,
    from: projectionSources(
      now.entry,
      chosen.type.entry,
      DIMENSIONS.flatMap((one) => linesOf(load, one)),
    ),
    params: { cpu_per_mille: cpuPerMille(limits), preset: presetOf(limits) ?? 'own limits' },
  }).request;

const usedCpu = (load: Load, limits: RightsizingLimits): FigureRequest =>
  figure({
    name: 'cpu_used',
    unit: '%',
    derivation: metricPercentile,
    from: load.cpu.series.map(seriesSource),
    params: { per_mille: cpuPerMille(limits) },
  }).request;

function limitFigures(limits: RightsizingLimits): FigureRequest[] {
  return [
    limitFigure('cpu_headroom', limits.cpuHeadroom, { preset: presetOf(limits) ?? 'own limits' }),
    limitFigure('memory_headroom', limits.memoryHeadroom, { preset: presetOf(limits) ?? 'own limits' }),
  ];
}

const limitFigure = (name: string, value: number, params: JsonObject): FigureRequest =>
  figure({ name, unit: '%', derivation: rightsizingLimit, from: [], params: { ...params, value } }).request;

function burstFigures({ now, load, chosen }: Chosen): FigureRequest[] {
  const baseline = burstBaseline(chosen.type.name);
  if (!chosen.type.isBurstable || load.mean === undefined || baseline === undefined) return [];
  const from = projectionSources(now.entry, chosen.type.entry, load.mean.series.map(seriesSource));
  return [
    figure({ name: 'burst_need', unit: '%', derivation: burstNeed, from }).request,
    limitFigure('burst_baseline', baseline, { type: chosen.type.name }),
  ];
}

/** The mean CPU where profile `classic` calls the instance underused. */
function underusedMean(subject: Subject): FigureRequest | undefined {
  const cpu = readMetric(subject, { namespace: 'AWS/EC2', metric: 'CPUUtilization', stats: ['Average'] });
  if (!cpu.ok) return undefined;
  const mean = figure({
    name: 'cpu_mean',
    unit: '%',
    derivation: metricMean,
    from: cpu.value.series.map(seriesSource),
  });
  return mean.value.lessThan(limitOf(subject, UNDERUSED_CPU)) ? mean.request : undefined;
}

function usedText({ now, limits, load }: Chosen): string {
  const stat = load.cpu.stat.toLowerCase();
  return `The ${now.name} uses {cpu_used} of its CPU at the ${limits.cpuPercentile}th percentile of ${stat} values;`;
}

function projectedText({ chosen }: Chosen, projected: ReadonlySet<string>): string {
  const said = DIMENSIONS.filter((one) => one !== 'cpu' && projected.has(`projected_${one}`));
  const parts = ['that is {projected_cpu}', ...said.map((one) => `its ${WORDS[one]} {projected_${one}}`)];
  const missing = DIMENSIONS.filter((one) => one !== 'cpu' && !said.includes(one)).map((one) => WORDS[one]);
  const kept =
    chosen.refused === undefined ? ', so memory stays as large' : ': install the CloudWatch agent before acting';
  const note = `not measured${missing.includes(WORDS.memory) ? kept : ''}`;
  return `${parts.join(', ')}${missing.length === 0 ? '' : ` (${missing.join(', ')} ${note})`}`;
}

const WORDS: Readonly<Record<Dimension, string>> = {
  cpu: 'CPU',
  memory: 'memory',
  network: 'network',
  ebs_throughput: 'EBS throughput',
  ebs_iops: 'EBS operations',
};

function presetText(limits: RightsizingLimits): string {
  const preset = presetOf(limits);
  const free = '{cpu_headroom} of CPU and {memory_headroom} of memory stay free';
  return preset === undefined ? `own (${free})` : `preset ${preset} (${free})`;
}

/** Own choice: less memory than now, unmeasured, 0.40, which is below one half and so outside the headline; measured memory 0.80, memory kept unmeasured 0.70, credits 0.60, another architecture 0.50. */
function confidenceOf(load: Load, chosen: PricedCandidate): string {
  if (chosen.refused !== undefined) return '0.40';
  if (!chosen.isSameArchitecture) return '0.50';
  if (chosen.type.isBurstable) return '0.60';
  return load.needs.has('memory') ? '0.80' : '0.70';
}
