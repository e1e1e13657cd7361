import { Decimal } from '@infrafabric/finops';
import { type JsonObject, type JsonValue, isJsonObject } from '@infrafabric/protocol';
import { type PriceOrigin, type PricePoint, pricePoints } from './price-point.ts';

/**
 * Hourly rates under Savings Plans for Linux on shared hardware: `savingsplan/<region>/<plan>-<years>yr-<payment>/<instance type>`.
 *
 * `pages` are answers of DescribeSavingsPlansOfferingRates (`searchResults`). Rates in another currency are left out.
 */
export function savingsPlanRates(pages: readonly JsonObject[], origin: PriceOrigin): readonly PricePoint[] {
  return pages
    .flatMap(({ searchResults: rates }) => (Array.isArray(rates) ? rates : []))
    .flatMap((rate) => (isJsonObject(rate) ? ratePoints(rate, origin) : []));
}

function ratePoints(item: JsonObject, origin: PriceOrigin): readonly PricePoint[] {
  const { savingsPlanOffering: offering, rate } = item;
  const plan = isJsonObject(offering) ? offering : {};
  const { region, instanceType, productDescription, tenancy } = propertiesOf(item['properties']);
  const isPlain = productDescription === 'Linux/UNIX' && tenancy === 'shared';
  const name = planName(plan);
  if (!isPlain || name === undefined || plan['currency'] !== 'USD' || typeof rate !== 'string') return [];
  const key = `savingsplan/${region}/${name}/${instanceType}`;
  const usd = [{ begin: new Decimal(0), usd: new Decimal(rate) }];
  return pricePoints({ key, unit: 'hour' }, usd, origin);
}

/** `compute-1yr-no-upfront`. Words: Savings Plans API Reference, ParentSavingsPlanOffering, read 2026-11-20. */
function planName({ planType, durationSeconds, paymentOption }: JsonObject): string | undefined {
  const years = typeof durationSeconds === 'number' ? YEARS[durationSeconds] : undefined;
  const type = typeof planType === 'string' ? PLANS[planType] : undefined;
  if (years === undefined || type === undefined || typeof paymentOption !== 'string') return undefined;
  return `${type}-${years}-${paymentOption.toLowerCase().replaceAll(' ', '-')}`;
}

const YEARS: Readonly<Record<number, string>> = { 31_536_000: '1yr', 94_608_000: '3yr' };
const PLANS: Readonly<Record<string, string>> = {
  Compute: 'compute',
  EC2Instance: 'ec2-instance',
  SageMaker: 'sagemaker',
};

function propertiesOf(properties: JsonValue | undefined): Readonly<Record<string, string>> {
  const named = (Array.isArray(properties) ? properties : []).filter((one) => isJsonObject(one));
  return Object.fromEntries(
    named.flatMap(({ name, value }) => (typeof name === 'string' && typeof value === 'string' ? [[name, value]] : [])),
  );
}
