import { expect, test } from 'vitest';
import { billFormat, curName } from './bill-format.ts';

const FOCUS = ['BilledCost', 'ChargeCategory', 'ChargePeriodStart', 'EffectiveCost', 'x_Operation', 'Id'];
const LEGACY = ['identity/LineItemId', 'lineItem/UsageAccountId', 'lineItem/LineItemType', 'lineItem/UnblendedCost'];
const ATHENA = ['identity_line_item_id', 'line_item_usage_account_id', 'line_item_line_item_type', 'product_region'];

test.each([
  [FOCUS, 'focus-1.0'],
  [[...FOCUS, 'SkuMeter'], 'focus-1.1'],
  [[...FOCUS, 'CapacityReservationId', 'ServiceSubcategory'], 'focus-1.1'],
  [[...FOCUS, 'SkuMeter', 'InvoiceId'], 'focus-1.2'],
  [[...FOCUS, 'PricingCurrency'], 'focus-1.2'],
  [[...FOCUS, 'InvoiceId', 'ServiceProviderName'], 'focus-1.3'],
  [[...FOCUS, 'AllocatedTags'], 'focus-1.3'],
  [[...FOCUS, 'ContractApplied', 'AllocatedMethodDetails'], 'focus-1.3'],
  [[...FOCUS, 'ServiceProviderName', 'InvoiceDetailId'], 'focus-1.4'],
  [[...FOCUS, 'ServiceProviderName', 'CommitmentProgramEligibilityDetails'], 'focus-1.4'],
  [['ChargeCategory', 'ListCost', 'SubAccountId'], 'focus-1.0'],
  [LEGACY, 'cur-legacy'],
  [ATHENA, 'cur-legacy'],
  [[...ATHENA, 'product', 'resource_tags'], 'cur-2.0'],
  [[...ATHENA, 'line_item_usage_account_name'], 'cur-2.0'],
  [['a', 'b'], undefined],
  [['ChargeCategory', 'b'], undefined],
])('%j is %s', (columns, format) => {
  expect([billFormat(columns), billFormat(columns.toReversed())]).toStrictEqual([format, format]);
});

test.each([
  ['lineItem/UnblendedCost', 'line_item_unblended_cost'],
  ['lineItem/LineItemType', 'line_item_line_item_type'],
  ['savingsPlan/SavingsPlanARN', 'savings_plan_savings_plan_a_r_n'],
  ['product/ProductName', 'product_product_name'],
  ['pricing/publicOnDemandCost', 'pricing_public_on_demand_cost'],
  ['line_item_usage_type', 'line_item_usage_type'],
])('%s is %s in Athena', (column, name) => {
  expect(curName(column)).toBe(name);
});
