import type { Series } from '../model/resource.ts';
import { anEvidenceId } from './observed.ts';

/** A CloudWatch series that ends at 2026-11-20T00:00:00Z: `values` are hourly unless `period_seconds` says otherwise. */
export function aSeries(
  metric: string,
  values: readonly (number | null)[],
  more: Partial<Omit<Series, 'metric' | 'values' | 'citation'>> & { line?: number } = {},
): Series {
  const { line = 0, ...given } = more;
  const period_seconds = given.period_seconds ?? 3600;
  const startMs = Date.parse('2026-11-20T00:00:00Z') - values.length * period_seconds * 1000;
  const series = {
    namespace: 'AWS/EC2',
    metric,
    dimensions: { InstanceId: 'i-0123456789abcdef0' },
    stat: 'Average',
    start: new Date(startMs).toISOString().replace('.000Z', 'Z'),
    ...given,
    period_seconds,
    values,
  };
  const evidence = anEvidenceId({ ...series, dimensions: { ...series.dimensions }, values: [...values], line });
  return { ...series, citation: { evidence, pointer: `/${line}`, media_type: 'application/x-ndjson' } };
}
