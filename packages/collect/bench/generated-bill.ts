import { DuckDBInstance } from '@duckdb/node-api';

/** A bill of any size, made from a seed: names, counts and skew are like those of a real FOCUS 1.0 export, every value is invented; a resource has one service, account and region. */
export interface GeneratedBill {
  readonly rows: number;
  readonly seed: number;
}

/** How many different values columns have. The first of each is the most frequent (a power law). */
const COUNTS = { services: 33, accounts: 73, regions: 26, resources: 20_000, skus: 267, days: 30 } as const;

/**
 * Writes a generated bill of one month with the 44 columns of a FOCUS 1.0 export to Parquet (zstd) and, when `csv` is named,
 * to CSV too.
 */
export async function writeBill(bill: GeneratedBill, files: { parquet: string; csv?: string }): Promise<void> {
  const instance = await DuckDBInstance.create(':memory:', { memory_limit: '2GB' });
  const connection = await instance.connect();
  await connection.run(`COPY (${billSql(bill)}) TO '${files.parquet}' (FORMAT parquet, COMPRESSION zstd)`);
  if (files.csv !== undefined) {
    await connection.run(
      `COPY (SELECT * FROM read_parquet('${files.parquet}')) TO '${files.csv}' (FORMAT csv, HEADER)`,
    );
  }
  connection.closeSync();
  instance.closeSync();
}

/** A number from 0 to before 1 that row and salt decide. */
const uniform = (salt: string, seed: number): string => `(hash(i, '${salt}', ${seed}) % 1000000007) / 1000000007.0`;

/** One of `count` values, the low ones far more often; `of` is what decides it. */
const skewed = (salt: string, count: number, seed: number, of = 'i'): string =>
  `floor(${count} * pow((hash(${of}, '${salt}', ${seed}) % 1000000007) / 1000000007.0, 3))::INT`;

function billSql({ rows, seed }: GeneratedBill): string {
  const drawn = `
    SELECT i, resource,
      ${skewed('service', COUNTS.services, seed, 'resource')} AS service,
      ${skewed('account', COUNTS.accounts, seed, 'resource')} AS account,
      ${skewed('region', COUNTS.regions, seed, 'resource')} AS region,
      ${skewed('sku', COUNTS.skus, seed)} AS sku,
      floor(${COUNTS.days} * 24 * ${uniform('hour', seed)})::INT AS hour,
      (CASE WHEN ${uniform('free', seed)} < 0.33 THEN 0
        ELSE exp(-6 + 5 * ${uniform('cost', seed)}) END)::DECIMAL(18, 10) AS cost,
      round(exp(4 * ${uniform('quantity', seed)}), 6)::DECIMAL(18, 9) AS quantity,
      ${uniform('kind', seed)} AS kind
    FROM (SELECT i, ${skewed('resource', COUNTS.resources, seed)} AS resource FROM range(${rows}) AS t(i))`;
  return `SELECT
      CASE WHEN kind < 0.1 THEN 'az-' || region % 6 END AS "AvailabilityZone",
      cost AS "BilledCost",
      '1234567890123' AS "BillingAccountId",
      'Example Holding' AS "BillingAccountName",
      'USD' AS "BillingCurrency",
      TIMESTAMP '2026-11-01' AS "BillingPeriodEnd",
      TIMESTAMP '2026-10-01' AS "BillingPeriodStart",
      CASE WHEN kind > 0.998 THEN 'Adjustment' ELSE 'Usage' END AS "ChargeCategory",
      NULL::VARCHAR AS "ChargeClass",
      '$0.' || lpad((sku % 997)::VARCHAR, 3, '0') || ' per GB, tier ' || sku % 7 || ', data transfer and requests' AS "ChargeDescription",
      'Usage-Based' AS "ChargeFrequency",
      TIMESTAMP '2026-10-01' + to_hours(hour + 1) AS "ChargePeriodEnd",
      TIMESTAMP '2026-10-01' + to_hours(hour) AS "ChargePeriodStart",
      NULL::VARCHAR AS "CommitmentDiscountCategory",
      NULL::VARCHAR AS "CommitmentDiscountId",
      NULL::VARCHAR AS "CommitmentDiscountName",
      CASE WHEN kind < 0.004 THEN 'Used' END AS "CommitmentDiscountStatus",
      NULL::VARCHAR AS "CommitmentDiscountType",
      quantity AS "ConsumedQuantity",
      'GB' AS "ConsumedUnit",
      cost AS "ContractedCost",
      0::DECIMAL(18, 10) AS "ContractedUnitPrice",
      cost AS "EffectiveCost",
      'Amazon Web Services, Inc.' AS "InvoiceIssuerName",
      cost AS "ListCost",
      0.085::DECIMAL(18, 10) AS "ListUnitPrice",
      'Standard' AS "PricingCategory",
      quantity AS "PricingQuantity",
      'GB' AS "PricingUnit",
      'AWS' AS "ProviderName",
      'Amazon Web Services, Inc.' AS "PublisherName",
      'region-' || region AS "RegionId",
      'Region Number ' || region AS "RegionName",
      CASE WHEN kind > 0.925 THEN NULL
        ELSE 'arn:aws:ec2:region-' || region || ':' || (100000000000 + resource % 73) || ':instance/i-' || lpad(to_hex(resource), 17, '0') END AS "ResourceId",
      NULL::VARCHAR AS "ResourceName",
      CASE WHEN kind < 0.2 THEN 'volume' END AS "ResourceType",
      'Category ' || service % 10 AS "ServiceCategory",
      i::VARCHAR AS "Id",
      'Amazon Service Number ' || service AS "ServiceName",
      'SKU' || lpad(sku::VARCHAR, 13, '0') AS "SkuId",
      'SKU' || lpad(sku::VARCHAR, 13, '0') || '.JRTCKXETXF.6YS6EN2CT7' AS "SkuPriceId",
      (100000000000 + account)::VARCHAR AS "SubAccountId",
      'Account Number ' || account AS "SubAccountName",
      CASE WHEN kind < 0.7 THEN '{"application": "app-' || account % 40 || '", "environment": "dev", "business_unit": "unit-' || account % 9 || '"}' END AS "Tags"
    FROM (${drawn})`;
}
