import { SERVICES } from '@infrafabric/finops';
import type { Report, ReportFinding } from '@infrafabric/report';

/** Spend of one service as the bill names it; `service` is null for lines that name none. */
export interface ServiceCost {
  readonly service: string | null;
  readonly billed_cost: string;
  readonly currency: string;
  readonly claim: string;
}

/** What a report says of spend: the totals of the bill by cost column, and BilledCost by service, dearest first. */
export interface Costs {
  /** The sentence of the claim; null when the report read no bill. */
  readonly statement: string | null;
  readonly totals: readonly { readonly name: string; readonly value: string; readonly unit: string }[];
  readonly services: readonly ServiceCost[];
}

/** Spend as the report's claims have it; with a product code such as `AmazonEC2` only the services of that code. */
export function costsOf({ claims }: Pick<Report, 'claims'>, productCode?: string): Costs {
  const total = claims.find(({ topic }) => topic === 'spend/total');
  const byService = claims.find(({ topic }) => topic === 'spend/service');
  const services = (byService?.figures ?? []).flatMap(({ name, value, unit, derivation }) =>
    name.startsWith('group.')
      ? [{ service: serviceIn(derivation.params), billed_cost: value, currency: unit, claim: byService?.id ?? '' }]
      : [],
  );
  const names = productCode === undefined ? undefined : namesOf(productCode);
  return {
    statement: total?.statement ?? null,
    totals: (total?.figures ?? []).map(({ name, value, unit }) => ({ name, value, unit })),
    services: services.filter(({ service }) => names === undefined || (service !== null && names.has(service))),
  };
}

function serviceIn(params: object): string | null {
  const label: unknown = Reflect.get(Object(Reflect.get(params, 'filter')), 'ServiceName');
  return typeof label === 'string' ? label : null;
}

function namesOf(productCode: string): ReadonlySet<string> {
  const found = SERVICES.filter((service) => service.productCode === productCode);
  return new Set(found.flatMap(({ name, also }) => [name, ...also, productCode]));
}

/** One finding that saves money or is worth doing, as the report nets it. */
export interface Opportunity {
  readonly id: string;
  readonly rule: string;
  readonly service: string;
  readonly resource: ReportFinding['resource'];
  readonly action: string | null;
  readonly priority: ReportFinding['priority'];
  /** Monthly USD once overlap is removed; null where the finding has no dollars. */
  readonly net_effective: string | null;
  readonly confidence: string | null;
  readonly claim: string | null;
}

/** The findings of a report, most saved first. */
export function opportunitiesOf({ findings }: Pick<Report, 'findings'>): Opportunity[] {
  const found = findings.flatMap((one) => (one.verdict === 'FINDING' ? [one] : []));
  return found
    .map((one) => ({
      id: one.id,
      rule: one.rule,
      service: one.service,
      resource: one.resource,
      action: one.actionType ?? null,
      priority: one.priority,
      net_effective: one.net?.effective ?? null,
      confidence: one.confidence ?? null,
      claim: one.claim ?? null,
    }))
    .sort((a, b) => Number(b.net_effective ?? -1) - Number(a.net_effective ?? -1) || (a.id < b.id ? -1 : 1));
}
