import { Decimal } from '@infrafabric/finops';
import { type JsonObject, type JsonValue, isJsonObject } from '@infrafabric/protocol';
import type { RangePrice } from './price-point.ts';
import { textsOf } from './texts-of.ts';

/** A product of the price list with the attributes and terms we read. */
export interface Product {
  readonly sku: string;
  readonly serviceCode: string;
  readonly family: string;
  readonly attributes: Readonly<Record<string, string>>;
  /** `usagetype` without the prefix of the region: `EBS:VolumeUsage.gp3`. */
  readonly usageType: string;
  /** `us-east-1`; empty for products that belong to no region. */
  readonly region: string;
  readonly onDemand: readonly Term[];
  readonly reserved: readonly Term[];
}

/** One offer for a product: its terms and its prices by quantity. */
export interface Term {
  readonly attributes: Readonly<Record<string, string>>;
  /** Dimensions that are billed by use. */
  readonly ranges: readonly RangePrice[];
  /** What is paid once (`Quantity`), such as the upfront part of a reservation. */
  readonly fee?: Decimal;
}

/**
 * Reads one element of `PriceList` of GetProducts, or one product of an offer file brought into that form.
 *
 * Shape: AWS Billing User Guide, "Reading price list files" and Price List API Reference, GetProducts, read 2026-11-20.
 * `undefined` when it is no product.
 */
export function readProduct(item: JsonValue): Product | undefined {
  const product = isJsonObject(item) ? item['product'] : undefined;
  if (!isJsonObject(item) || !isJsonObject(product)) return undefined;
  const attributes = textsOf(product['attributes']);
  const terms = isJsonObject(item['terms']) ? item['terms'] : {};
  return {
    sku: text(product['sku']),
    serviceCode: text(item['serviceCode']) || (attributes['servicecode'] ?? ''),
    family: text(product['productFamily']),
    attributes,
    usageType: (attributes['usagetype'] ?? '').replace(REGION_PREFIX, ''),
    region: attributes['regionCode'] ?? attributes['fromRegionCode'] ?? '',
    onDemand: termsOf(terms['OnDemand']),
    reserved: termsOf(terms['Reserved']),
  };
}

/**
 * Prefixes of usage types: `USE2-`, `EUC1-`, `EU-`, `UGW1-`; KMS writes the region itself. Source: usage types of AWS bills of
 * 2023-11 and 2024-09 (anonymised cost and usage report, FOCUS sample).
 */
const REGION_PREFIX = /^(?:[A-Z]{3}[0-9]{1,2}|EU|[a-z]{2}(?:-[a-z]+)+-[0-9])-/;

function termsOf(terms: JsonValue | undefined): readonly Term[] {
  return Object.values(isJsonObject(terms) ? terms : {})
    .filter((term) => isJsonObject(term))
    .map((term) => ({
      attributes: textsOf(term['termAttributes']),
      ranges: rangesOf(term['priceDimensions']),
      ...feeOf(term['priceDimensions']),
    }));
}

function feeOf(dimensions: JsonValue | undefined): { readonly fee?: Decimal } {
  const fees = Object.values(isJsonObject(dimensions) ? dimensions : {}).flatMap((dimension) => {
    if (!isJsonObject(dimension) || text(dimension['unit']) !== 'Quantity') return [];
    return decimalOf(textsOf(dimension['pricePerUnit'])['USD']) ?? [];
  });
  const [fee] = fees;
  return fee === undefined || fees.length > 1 ? {} : { fee };
}

function rangesOf(dimensions: JsonValue | undefined): readonly RangePrice[] {
  return Object.values(isJsonObject(dimensions) ? dimensions : {}).flatMap((dimension) => {
    if (!isJsonObject(dimension) || text(dimension['unit']) === 'Quantity') return [];
    const usd = decimalOf(textsOf(dimension['pricePerUnit'])['USD']);
    const begin = decimalOf(text(dimension['beginRange']) || '0');
    return usd === undefined || begin === undefined ? [] : [{ begin, usd }];
  });
}

const text = (value: JsonValue | undefined): string => (typeof value === 'string' ? value : '');

const decimalOf = (value: string | undefined): Decimal | undefined =>
  value !== undefined && /^[0-9]+(\.[0-9]+)?$/.test(value) ? new Decimal(value) : undefined;

/** The elements of an offer file in the form of GetProducts, one at a time. */
export function* productsOfOffer(offer: JsonObject): Generator<JsonObject> {
  const terms = isJsonObject(offer['terms']) ? offer['terms'] : {};
  for (const [sku, product] of Object.entries(isJsonObject(offer['products']) ? offer['products'] : {})) {
    const termsOfSku = Object.entries(terms).flatMap(([kind, all]) =>
      isJsonObject(all) && isJsonObject(all[sku]) ? [[kind, all[sku]] as const] : [],
    );
    yield { serviceCode: text(offer['offerCode']), product: product ?? null, terms: Object.fromEntries(termsOfSku) };
  }
}
