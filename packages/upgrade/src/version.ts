/**
 * The life-cycle key of an RDS or Aurora engine version, or `undefined` when the engine or the version form is unknown.
 *
 * `mysql 8.0.35` is `amazon-rds-mysql/8.0`; PostgreSQL counts majors since 10 (`postgres 14.7` is `.../14`) and two
 * numbers before (`9.6.3` is `.../9.6`, PostgreSQL versioning policy); Aurora MySQL is known by its own major version
 * (`8.0.mysql_aurora.3.08.2` is `amazon-aurora-mysql/3`), and where an old answer names only the MySQL version, 5.6 is
 * Aurora MySQL 1, 5.7 is 2 and 8.0 is 3 (Aurora User Guide, Aurora MySQL versions).
 */
export function rdsLifecycleKey(engine: string, version: string): string | undefined {
  switch (engine) {
    case 'mysql':
    case 'mariadb':
      return keyOf(`amazon-rds-${engine}`, twoNumbers(version));
    case 'postgres':
      return keyOf('amazon-rds-postgresql', postgresMajor(version));
    case 'aurora-postgresql':
      return keyOf('amazon-aurora-postgresql', postgresMajor(version));
    case 'aurora':
    case 'aurora-mysql':
      return keyOf('amazon-aurora-mysql', auroraMysqlMajor(version));
    default:
      return undefined;
  }
}

/** The life-cycle key of an EKS cluster version such as `1.32`. */
export function eksLifecycleKey(version: string): string | undefined {
  return /^1\.\d+$/.test(version) ? keyOf('amazon-eks', version) : undefined;
}

/** The life-cycle key of a Lambda runtime identifier such as `nodejs20.x`. */
export function lambdaLifecycleKey(runtime: string): string | undefined {
  return /^[a-z][a-z0-9.-]*$/.test(runtime) ? keyOf('aws-lambda', runtime) : undefined;
}

/** The life-cycle key of an ElastiCache Redis OSS version: the major version. */
export function redisLifecycleKey(version: string): string | undefined {
  return keyOf('amazon-elasticache-redis', /^(\d+)(\.|$)/.exec(version)?.[1]);
}

/** The life-cycle key of an OpenSearch Service engine version: `OpenSearch_2.5`, `Elasticsearch_7.1` or the older plain `7.1`. */
export function openSearchLifecycleKey(version: string): string | undefined {
  const [, engine = 'Elasticsearch', number] = /^(?:(OpenSearch|Elasticsearch)_)?(\d+\.\d+)$/.exec(version) ?? [];
  return keyOf(engine === 'OpenSearch' ? 'amazon-opensearch' : 'amazon-elasticsearch', number);
}

const keyOf = (product: string, cycle: string | undefined): string | undefined =>
  cycle === undefined ? undefined : `${product}/${cycle}`;

const twoNumbers = (version: string): string | undefined => /^(\d+\.\d+)(\.|$)/.exec(version)?.[1];

function postgresMajor(version: string): string | undefined {
  const [, major, minor] = /^(\d+)(?:\.(\d+))?(?:[.-]|$)/.exec(version) ?? [];
  if (major === undefined || Number(major) >= 10) return major;
  return minor === undefined ? undefined : `${major}.${minor}`;
}

function auroraMysqlMajor(version: string): string | undefined {
  const own = /\.mysql_aurora\.(8\.4|\d+)(\.|$)/.exec(version)?.[1];
  return own ?? { '5.6': '1', '5.7': '2', '8.0': '3' }[twoNumbers(version) ?? ''];
}
