import { type Identity, identityOf, type Naming } from './metric-identity.ts';
import type { Sample } from './sample.ts';

/** Values of one metric in one document (Embedded Metric Format specification, section "Target members", 2026-11). */
const MAX_VALUES = 100;

/**
 * Samples as documents of the CloudWatch Embedded Metric Format, one JSON text each: what CloudWatch Logs turns into metrics.
 *
 * Samples of one moment with the same dimensions share a document.
 */
export function emfLines(samples: readonly Sample[], naming: Naming): string[] {
  const placed = samples.map((sample) => ({ sample, identity: identityOf(sample, naming) }));
  const alike = Map.groupBy(
    placed.filter(({ identity }) => identity.sets.length > 0),
    ({ sample, identity }) => JSON.stringify([sample.at_ms, identity.namespace, identity.sets, sample.dimensions]),
  );
  return [...alike.values()].flatMap((group) => documentsOf(group));
}

interface Placed {
  readonly sample: Sample;
  readonly identity: Identity;
}

/** As many documents as the metric with the most values needs. */
function documentsOf(group: readonly Placed[]): string[] {
  const byName = [...Map.groupBy(group, ({ sample }) => sample.name).values()];
  const rounds = Math.max(...byName.map((same) => Math.ceil(same.length / MAX_VALUES)));
  return Array.from({ length: rounds }, (_, round) => {
    const from = round * MAX_VALUES;
    return JSON.stringify(documentOf(byName.map((same) => same.slice(from, from + MAX_VALUES)).filter(isNotEmpty)));
  });
}

type Some = [Placed, ...Placed[]];

const isNotEmpty = (same: Placed[]): same is Some => same.length > 0;

function documentOf(metrics: readonly Some[]): object {
  const first = metrics[0]?.[0];
  if (first === undefined) return {};
  const { sample, identity } = first;
  const used = new Set<string>(identity.sets.flat());
  return {
    _aws: {
      Timestamp: sample.at_ms,
      CloudWatchMetrics: [
        {
          Namespace: identity.namespace,
          Dimensions: identity.sets,
          Metrics: metrics.map(([one]) => ({ Name: one.sample.name, Unit: one.identity.unit })),
        },
      ],
    },
    ...Object.fromEntries(Object.entries(sample.dimensions).filter(([name]) => used.has(name))),
    ...Object.fromEntries(metrics.map((same) => [same[0].sample.name, valuesOf(same)])),
  };
}

function valuesOf(same: Some): number | number[] {
  return same.length === 1 ? same[0].sample.value : same.map(({ sample }) => sample.value);
}
