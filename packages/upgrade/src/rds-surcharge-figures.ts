import type { Entry, FigureRequest, Subject, Verdict } from '@infrafabric/finops';
import { textOf } from './item-field.ts';
import { chargedPhase } from './lifecycle.ts';
import { extendedPriceKey } from './price-key.ts';
import { unknown } from './support-verdict.ts';
import { RDS_EXTENDED_COST, RDS_SURCHARGE } from './surcharge.ts';

type UnknownVerdict = Extract<Verdict, { verdict: 'UNKNOWN' }>;

/**
 * The surcharge of a DB instance on a day, and what the instance costs in all where its own price is known; never a guess.
 *
 * UNKNOWN: NO_SPECIFICATION when the class has no vCPU count in the instance type table (or is `db.serverless`, which is
 * charged by ACU-hour), NO_PRICE when the region has no sourced rate.
 */
export function rdsSurchargeFigures(
  subject: Subject,
  lifecycle: Entry,
  on: string,
): { readonly listCost?: FigureRequest; readonly listSaving: FigureRequest } | UnknownVerdict {
  const instanceClass = textOf(subject.item, 'DBInstanceClass');
  if (instanceClass === undefined) return unknown('FIELD_MISSING', 'the answer has no readable DBInstanceClass');
  const specification = subject.instanceType(instanceClass.replace(/^db\./, ''));
  if (specification?.value['vcpu'] === undefined) {
    return unknown('NO_SPECIFICATION', `no vCPU count for the class ${instanceClass}`);
  }
  const engine = textOf(subject.item, 'Engine') ?? '';
  const { region } = subject.resource;
  const phase = chargedPhase(lifecycle.value, on);
  const rate = phase === undefined ? undefined : subject.lifecycle(extendedPriceKey.rds(engine, region, phase));
  if (rate === undefined) return unknown('NO_PRICE', `no sourced extended-support rate of ${engine} in ${region}`);
  const citations = [subject.citation, lifecycle.citation, specification.citation, rate.citation];
  const figure = { unit: 'USD/month', params: { on } };
  const listSaving = { ...figure, name: 'list_saving', derivation: RDS_SURCHARGE, citations };
  const price = subject.price(onDemandKey(subject, engine, instanceClass));
  if (price === undefined) return { listSaving };
  const cost = { derivation: RDS_EXTENDED_COST, citations: [...citations, price.citation] };
  return { listSaving, listCost: { ...figure, name: 'list_cost', ...cost } };
}

function onDemandKey(subject: Subject, engine: string, instanceClass: string): string {
  const isDoubled = subject.item['MultiAZ'] === true && subject.item['DBClusterIdentifier'] === undefined;
  return `rds/${subject.resource.region}/${engine}/${instanceClass}/${isDoubled ? 'multi-az' : 'single-az'}`;
}
