import type { AnalysisFigures, PlaceFigures, SessionEvent } from '@infrafabric/protocol';
import type { MetricDimension, ProductMetricName } from '../product-metrics.ts';
import type { Sample } from './sample.ts';

/** What an event adds to the metrics of the catalogue; every event of a session is told once, so nothing counts twice. */
export function eventSamples(event: SessionEvent): Sample[] {
  switch (event.type) {
    case 'task-settled':
      return samplesOf(event, { AgentRole: event.role }, settledValues(event));
    case 'dead-letter':
      return samplesOf(event, { AgentRole: event.role }, { DeadLetters: 1 });
    case 'model-called':
      return samplesOf(
        event,
        { AgentRole: 'coordinator', ModelType: event.model },
        { TokensConsumed: event.input_tokens + event.output_tokens, CostUsd: Number(event.usd) },
      );
    case 'report-made':
      return event.analysis === undefined ? [] : analysisSamples(event, event.analysis);
    default:
      return [];
  }
}

type Values = Readonly<Partial<Record<ProductMetricName, number>>>;
type Dimensions = Readonly<Partial<Record<MetricDimension, string>>>;

/** Every sample knows its session; whether that is a dimension, a setting says. */
function samplesOf({ session_id, at_ms }: SessionEvent, dimensions: Dimensions, values: Values): Sample[] {
  return Object.entries(values).flatMap(([name, value]) =>
    isMetricName(name, values) ? [{ name, value, at_ms, dimensions: { ...dimensions, SessionId: session_id } }] : [],
  );
}

const isMetricName = (name: string, values: Values): name is ProductMetricName => Object.hasOwn(values, name);

/** A cancelled task neither failed nor succeeded. */
function settledValues({ state, execution_time_ms }: Extract<SessionEvent, { readonly type: 'task-settled' }>): Values {
  const time = execution_time_ms === undefined ? {} : { ExecutionTime: execution_time_ms };
  if (state === 'CANCELLED') return time;
  return state === 'FAILED'
    ? { ...time, ErrorRate: 100, CompletionStatus: 1 }
    : { ...time, ErrorRate: 0, CompletionStatus: 0 };
}

function analysisSamples(event: SessionEvent, figures: AnalysisFigures): Sample[] {
  const AnalysisDuration = figures.duration_ms / 1_000;
  const paidUsd = Number(figures.paid_reads_usd);
  return [
    ...samplesOf(event, {}, { AnalysisDuration, ...placeValues(figures.all) }),
    ...Object.entries(figures.by_region).flatMap(([Region, place]) =>
      samplesOf(event, { Region }, { AnalysisDuration, ...placeValues(place) }),
    ),
    ...figures.errors.flatMap(({ code, region, count }) =>
      samplesOf(event, { ErrorType: code, Region: region }, { Errors: count }),
    ),
    ...(paidUsd === 0 ? [] : samplesOf(event, { AgentRole: 'collector' }, { CostUsd: paidUsd })),
  ];
}

function placeValues({ resources, findings, monthly_savings_usd }: PlaceFigures): Values {
  const monthly = Number(monthly_savings_usd);
  return {
    ResourcesAnalyzed: resources,
    RecommendationsGenerated: findings,
    MonthlySavings: monthly,
    // Cents: twelve times a number of cents has no more of them.
    AnnualSavings: Math.round(monthly * 1_200) / 100,
  };
}
