/** What one kind of commitment may cover, by the bill's words for it. */
export const COMMITMENT_SETS = ['ec2', 'rds', 'elasticache', 'opensearch', 'redshift'] as const;
/** Usage among which only one kind of commitment should be bought at a time. */
export type CommitmentSet = (typeof COMMITMENT_SETS)[number];

/** The words of one line of a bill. */
export interface LineWords {
  readonly region: string;
  /** `x_UsageType` of FOCUS exports of AWS, `line_item_usage_type` of reports; empty where the bill has none. */
  readonly usageType: string;
  readonly operation: string;
  readonly description: string;
}

/**
 * The on-demand price key of what a line is an hour of, such as `ec2/us-east-1/linux/m5.large`; `undefined` for everything else.
 *
 * EC2 is Linux on shared hardware, by usage type and operation, or by the description where the bill has no usage types; the others
 * are told by their descriptions, which name engine and deployment. Source: descriptions and usage types of the FOCUS 1.0 sample (2024-09) and
 * of published price lists; RunInstances without a suffix is Linux: EC2 user guide, "AMI billing information", read 2026-11-21.
 */
export function onDemandKey({ region, usageType, operation, description }: LineWords): string | undefined {
  if (region === '') return undefined;
  const boxed = BOX_USAGE.exec(usageType)?.[1];
  if (boxed !== undefined) return operation === 'RunInstances' ? `ec2/${region}/linux/${boxed}` : undefined;
  for (const [pattern, key] of DESCRIPTIONS) {
    const match = pattern.exec(description);
    if (match !== null) return key(region, match);
  }
  return undefined;
}

const BOX_USAGE = /(?:^|-)BoxUsage:([a-z0-9-]+\.[a-z0-9-]+)$/;

const DESCRIPTIONS: readonly (readonly [RegExp, (region: string, match: RegExpExecArray) => string | undefined])[] = [
  [/ On Demand Linux ([a-z0-9-]+\.[a-z0-9-]+) Instance Hour/, (region, [, type]) => `ec2/${region}/linux/${type}`],
  [
    / (db\.[a-z0-9-]+\.[a-z0-9-]+) (Single|Multi)-AZ instance hour.* running ([A-Za-z ]+)$/,
    (region, [, type, az, engine = '']) => {
      const name = ENGINES[engine];
      return name === undefined
        ? undefined
        : `rds/${region}/${name}/${type}/${az === 'Multi' ? 'multi-az' : 'single-az'}`;
    },
  ],
  [
    / (cache\.[a-z0-9-]+\.[a-z0-9-]+) node[ -]hour.* running (Redis|Valkey|Memcached)$/i,
    (region, [, type, engine = '']) => `elasticache/${region}/${engine.toLowerCase()}/${type}`,
  ],
  [/ ([a-z0-9-]+\.[a-z0-9-]+\.search) instance hour/, (region, [, type]) => `opensearch/${region}/${type}`],
  [
    / Redshift .*\b((?:ra3|dc2)\.[a-z0-9]+).* hour/i,
    (region, [, type = '']) => `redshift/${region}/${type.toLowerCase()}`,
  ],
];

const ENGINES: Readonly<Record<string, string>> = {
  MySQL: 'mysql',
  PostgreSQL: 'postgresql',
  MariaDB: 'mariadb',
  'Aurora MySQL': 'aurora-mysql',
  'Aurora PostgreSQL': 'aurora-postgresql',
};

/** The set of an on-demand price key. */
export const setOf = (key: string): CommitmentSet | undefined =>
  COMMITMENT_SETS.find((one) => key.startsWith(`${one}/`));
