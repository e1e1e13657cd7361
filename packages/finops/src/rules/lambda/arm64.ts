import { type Cited, type Derivation, defineDerivation } from '@infrafabric/protocol';
import { z } from 'zod';
import type { Subject, Verdict } from '../../model/rule.ts';
import { defineRule } from '../../model/rule.ts';
import { DAYS_PER_MONTH, type Decimal, formatUsd } from '../../money.ts';
import { citationsOf, entrySource, itemSource, listCost, listSaving, seriesSource } from '../reading/figures.ts';
import { totalOf } from '../reading/metric-figures.ts';
import { type MetricWindow, daysOf, linesOf, readMetric } from '../reading/metrics.ts';
import { priceDates, unitPrice } from '../reading/prices.ts';
import { OK, noPrice, readItem, readPrices, unknown } from '../reading/verdicts.ts';

const LambdaFunction = z.object({
  FunctionName: z.string(),
  MemorySize: z.int().positive(),
  Runtime: z.string().optional(),
  PackageType: z.string().optional(),
  Architectures: z.array(z.string()).optional(),
  Layers: z.array(z.unknown()).optional(),
});
type LambdaFunction = z.infer<typeof LambdaFunction>;

/** Runtimes that exist for x86_64 only. Source: Lambda developer guide, "Lambda runtimes" and its deprecated list, read 2026-11-20. */
const X86_ONLY = new Set([
  'python2.7',
  'python3.6',
  'python3.7',
  'nodejs',
  'nodejs4.3',
  'nodejs4.3-edge',
  'nodejs6.10',
  'nodejs8.10',
  'nodejs10.x',
  'java8',
  'go1.x',
  'provided',
  'ruby2.5',
  'dotnetcore1.0',
  'dotnetcore2.0',
  'dotnetcore2.1',
]);

/** GB-seconds a month: the summed duration of the window at the function's memory, scaled from the window's days to 30.44. */
function monthlyGbSeconds(cited: readonly Cited[], lines: readonly Cited[]): Decimal {
  const memoryGb = LambdaFunction.parse(cited[0]).MemorySize / 1024;
  const metric = linesOf(lines);
  return totalOf(metric).div(1000).times(memoryGb).div(daysOf(metric)).times(DAYS_PER_MONTH);
}

const define = (name: string, rate: (cited: readonly Cited[]) => Decimal, firstLine: number): Derivation =>
  defineDerivation({
    package: 'finops',
    name,
    version: 1,
    compute: (cited) => formatUsd(monthlyGbSeconds(cited, cited.slice(firstLine)).times(rate(cited))),
  });

/** Monthly list cost of the function's duration: cited = the function, the x86 price, the Duration lines. First price tier. */
export const lambdaArm64ListCost = define('lambda-arm64-list-cost', (cited) => unitPrice(cited[1]), 2);

/** The same duration at the difference of the prices: cited = the function, the x86 price, the arm price, the Duration lines. */
export const lambdaArm64ListSaving = define(
  'lambda-arm64-list-saving',
  (cited) => unitPrice(cited[1]).minus(unitPrice(cited[2])),
  3,
);

/** A function on x86_64 whose runtime also exists for arm64; dollars only where its duration was measured. */
export const lambdaArm64 = defineRule({
  id: 'lambda-arm64',
  ref: 'LAM-02',
  role: 'pricing',
  service: 'lambda',
  title: 'Function on x86_64 that could run on arm64',
  appliesTo: 'LambdaFunction',
  reads: [],
  actionType: 'MigrateToGraviton',
  step: 'generation',
  severity: 2,
  effort: 'Medium',
  risk: 'Low',
  restartNeeded: false,
  rollbackPossible: true,
  inputs: [
    'lambda:ListFunctions Architectures, Runtime, MemorySize, PackageType',
    'AWS/Lambda Duration Sum',
    'GB-second prices of x86 and arm',
  ],
  formula: 'GB-seconds a month x (x86 price - arm price), at equal duration',
  implementation: [
    'Check layers and native dependencies for arm64 builds.',
    'Publish a version with architecture arm64 and test it behind an alias.',
    'Move the traffic of the alias step by step.',
  ],
  rollback: 'Point the alias to the x86_64 version.',
  documentation: 'https://docs.aws.amazon.com/lambda/latest/dg/foundation-arch.html',
  thresholds: [],
  sources: [
    'https://docs.aws.amazon.com/lambda/latest/dg/foundation-arch.html',
    'https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtimes.html',
    'https://aws.amazon.com/lambda/pricing/',
  ],
  derivations: [lambdaArm64ListCost, lambdaArm64ListSaving],
  judge,
});

function judge(subject: Subject): Verdict {
  const item = readItem(LambdaFunction, subject.item);
  if (!item.ok) return item.verdict;
  const fn = item.value;
  if (fn.Architectures?.includes('arm64') === true) return OK;
  if (fn.Runtime !== undefined && X86_ONLY.has(fn.Runtime)) return OK;
  if (fn.Architectures === undefined) return unknown('FIELD_MISSING', 'The answer has no Architectures.');
  if (fn.Runtime === undefined || fn.Runtime === '') {
    return unknown(
      'FIELD_MISSING',
      'The function is a container image; whether it is built for arm64 is not in the answer.',
    );
  }
  const spec = { namespace: 'AWS/Lambda', metric: 'Duration', stats: ['Sum'], sparse: true };
  const duration = readMetric(subject, spec);
  return duration.ok ? withDollars(subject, fn, duration.value) : advice(subject, fn);
}

function withDollars(subject: Subject, fn: LambdaFunction, duration: MetricWindow): Verdict {
  const at = `lambda/${subject.resource.region}`;
  const prices = readPrices(subject, [`${at}/x86/gb-second`, `${at}/arm/gb-second`]);
  if (!prices.ok) return prices.verdict;
  const [x86, arm] = prices.value.map(entrySource);
  if (x86 === undefined || arm === undefined) return noPrice(at);
  const source = itemSource(subject);
  const lines = duration.series.map(seriesSource);
  const saving = listSaving({ derivation: lambdaArm64ListSaving, from: [source, x86, arm, ...lines] });
  if (!saving.value.greaterThan(0)) return OK;
  return {
    verdict: 'FINDING',
    statement:
      `The ${fn.Runtime ?? ''} function runs on x86_64; the same duration on arm64 costs {list_saving} less ` +
      `at list prices of ${priceDates(prices.value)}${layersNote(fn)}.`,
    figures: [],
    listCost: listCost({ derivation: lambdaArm64ListCost, from: [source, x86, ...lines] }).request,
    listSaving: saving.request,
    citations: citationsOf([source]),
    confidence: confidenceOf(fn),
  };
}

function advice(subject: Subject, fn: LambdaFunction): Verdict {
  return {
    verdict: 'FINDING',
    statement: `The ${fn.Runtime ?? ''} function runs on x86_64; arm64 has a lower price a GB-second${layersNote(fn)}. Its use was not measured, so no saving is stated.`,
    figures: [],
    citations: citationsOf([itemSource(subject)]),
    confidence: confidenceOf(fn),
    severity: 1,
  };
}

const hasLayers = (fn: LambdaFunction): boolean => (fn.Layers ?? []).length > 0;
const confidenceOf = (fn: LambdaFunction): string => (hasLayers(fn) ? '0.60' : '0.75');
const layersNote = (fn: LambdaFunction): string =>
  hasLayers(fn) ? ', once its layers are checked for x86 binaries' : '';
