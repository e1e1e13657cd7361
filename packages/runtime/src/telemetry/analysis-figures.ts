import { Decimal, formatUsd, type Gathered, isInventory, sum } from '@infrafabric/finops';
import type { AnalysisFigures, PlaceFigures } from '@infrafabric/protocol';
import type { Report } from '@infrafabric/report';
import { liveSpent } from '../live/spent.ts';

/** What an analysis came to, over all and by region. `durationMs` runs from the start of its session. */
export function analysisFigures(gathered: Gathered, report: Report, durationMs: number): AnalysisFigures {
  const resources = resourceRegions(gathered);
  const findings = report.findings.flatMap((one) =>
    one.verdict === 'FINDING' ? [{ region: one.resource.region, usd: new Decimal(one.net?.effective ?? 0) }] : [],
  );
  const regions = new Set([...resources, ...findings.map(({ region }) => region)]);
  const placeOf = (region: string): PlaceFigures => {
    const here = findings.filter((one) => one.region === region);
    return {
      resources: resources.filter((one) => one === region).length,
      findings: here.length,
      monthly_savings_usd: formatUsd(sum(here.map(({ usd }) => usd))),
    };
  };
  return {
    duration_ms: durationMs,
    paid_reads_usd: liveSpent(gathered)?.usd ?? '0.00',
    all: {
      resources: resources.length,
      findings: findings.length,
      monthly_savings_usd: formatUsd(new Decimal(report.totals.net_effective)),
    },
    by_region: Object.fromEntries([...regions].sort().map((region) => [region, placeOf(region)])),
    errors: errorsOf(report),
  };
}

/** The region of each resource that was found, once a resource. */
function resourceRegions({ results }: Gathered): string[] {
  const entries = results.flatMap(({ result }) => (isInventory(result) ? result.entries : []));
  const resources = entries.filter(({ kind }) => kind === 'resource');
  const byKey = new Map(
    resources.map(({ account, region, type, id }) => [`${account}/${region}/${type}/${id}`, region]),
  );
  return [...byKey.values()];
}

/** A gap names a task (`pricing/ec2/us-east-1/0`) or a request (`123456789012/us-east-1 ec2.DescribeVolumes`). */
const REGION = /(?<![a-z0-9-])[a-z]{2}(?:-[a-z]+)+-[0-9](?![0-9a-z-])/;

function errorsOf({ gaps }: Report): AnalysisFigures['errors'] {
  const placed = gaps.map(({ code, what }) => ({ code, region: REGION.exec(what)?.[0] ?? 'global' }));
  return [...Map.groupBy(placed, ({ code, region }) => `${code} ${region}`).values()].flatMap((same) =>
    same[0] === undefined ? [] : [{ ...same[0], count: same.length }],
  );
}
