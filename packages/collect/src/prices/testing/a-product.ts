import type { JsonObject } from '@infrafabric/protocol';

/** A price dimension of the price list: USD a unit, from nothing to infinity, by the hour. */
export function dimension(usd: string, changes: Readonly<Record<string, string>> = {}): JsonObject {
  return { unit: 'Hrs', beginRange: '0', endRange: 'Inf', pricePerUnit: { USD: usd }, ...changes };
}

/** An element of `PriceList` in us-east-1 unless the attributes say otherwise. */
export function aProduct(
  [serviceCode, productFamily]: readonly [serviceCode: string, productFamily: string],
  attributes: Readonly<Record<string, string>>,
  onDemand: readonly JsonObject[],
  reserved?: { readonly attributes: JsonObject; readonly dimensions: readonly JsonObject[] },
): JsonObject {
  const sku = `SKU${serviceCode.toUpperCase()}XXXXXXXXXXXXX`.slice(0, 16);
  const where = attributes['fromRegionCode'] === undefined ? { regionCode: 'us-east-1' } : {};
  const terms = {
    OnDemand: term(sku, {}, onDemand),
    ...(reserved === undefined ? {} : { Reserved: term(sku, reserved.attributes, reserved.dimensions) }),
  };
  return {
    product: { sku, productFamily, attributes: { ...where, ...attributes } },
    serviceCode,
    terms,
    version: '20260925174521',
    publicationDate: '2026-09-25T17:45:21Z',
  };
}

function term(sku: string, termAttributes: JsonObject, dimensions: readonly JsonObject[]): JsonObject {
  const priceDimensions = Object.fromEntries(dimensions.map((one, index) => [`${sku}.T.${index}`, one]));
  return { [`${sku}.T`]: { sku, offerTermCode: 'T', termAttributes, priceDimensions } };
}
