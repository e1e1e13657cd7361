import { homedir } from 'node:os';
import { join } from 'node:path';
import { RIGHTSIZING_PRESET_NAMES, type RightsizingPreset } from '@infrafabric/finops';
import { MODEL_SETTINGS } from './model-settings.ts';
import { TELEMETRY_SETTINGS } from './telemetry-settings.ts';
import { DEADLINE_SETTINGS } from './deadline-settings.ts';
import { API_SETTINGS } from './api-settings.ts';
import { REDIS_SETTINGS } from './redis-settings.ts';
import { RETENTION_SETTINGS } from './retention-settings.ts';
import { DEPLOYED_SETTINGS } from './deployed-settings.ts';
import { anyText, list, oneOf, percent, quotedList, type Setting, usd, wholeNumber } from './setting.ts';

/** Every setting of the product, in the order of the documentation page; adding one costs one entry. */
export const SETTINGS = {
  home: {
    env: 'INFRAFABRIC_HOME',
    describe: 'Folder for config.yaml, the embedded AWS, the keys and the reports; readable by its owner only',
    fallback: join(homedir(), '.infrafabric'),
    parse: anyText,
  } satisfies Setting<string>,
  mode: {
    env: 'INFRAFABRIC_MODE',
    key: 'mode',
    describe:
      'Where messages and state live: in this process (embedded), messages in Redis (redis), or all of it on AWS (aws)',
    fallback: 'embedded',
    parse: oneOf('embedded', 'redis', 'aws'),
  } satisfies Setting<'embedded' | 'redis' | 'aws'>,
  ...REDIS_SETTINGS,
  tenant: {
    env: 'INFRAFABRIC_TENANT',
    key: 'tenant',
    describe: 'Name under which state and evidence are kept apart from those of other tenants',
    fallback: 'local',
    parse: (text) => (/^[a-z0-9-]{1,40}$/.test(text) ? { value: text } : { expected: '1 to 40 of a-z, 0-9 and -' }),
  } satisfies Setting<string>,
  namePrefix: {
    env: 'INFRAFABRIC_PREFIX',
    key: 'prefix',
    describe: 'Prefix of the names of our topic, queues and table',
    fallback: 'infrafabric',
    parse: (text) =>
      /^[a-z][a-z0-9-]{0,30}$/.test(text) ? { value: text } : { expected: 'a-z, 0-9 and -, at most 31' },
  } satisfies Setting<string>,
  resultsBucket: {
    env: 'RESULTS_BUCKET',
    aliases: ['S3_BUCKET_NAME'],
    key: 'results_bucket',
    describe: 'Bucket for evidence, results and reports',
    fallback: 'infrafabric-results',
    parse: anyText,
  } satisfies Setting<string>,
  idleCpuPercent: {
    env: 'AWS_IDLE_CPU_THRESHOLD',
    key: 'idle_cpu_threshold',
    unit: 'percent',
    describe: 'An instance whose CPU never exceeds this is idle',
    source: 'AWS Compute Optimizer idle criteria: peak CPU below 5 %',
    fallback: 5,
    parse: percent,
  } satisfies Setting<number>,
  underutilizedCpuPercent: {
    env: 'AWS_UNDERUTILIZED_CPU_THRESHOLD',
    key: 'underutilized_cpu_threshold',
    unit: 'percent',
    describe: 'An instance whose average CPU stays below this is underused',
    fallback: 20,
    parse: percent,
  } satisfies Setting<number>,
  rightsizingPreset: {
    env: 'INFRAFABRIC_RIGHTSIZING_PRESET',
    flag: 'rightsizing-preset',
    key: 'rightsizing_preset',
    describe: 'Percentile and headroom of rightsizing: Default, Balanced, MaxSavings or MaxPerformance',
    source: 'AWS Compute Optimizer rightsizing preferences',
    fallback: 'Default',
    parse: oneOf(...RIGHTSIZING_PRESET_NAMES),
  } satisfies Setting<RightsizingPreset>,
  thresholds: {
    env: 'INFRAFABRIC_THRESHOLDS',
    flag: 'threshold',
    key: 'thresholds',
    describe:
      'Thresholds other than the rules have, as rule.THRESHOLD=value, or THRESHOLD=value for every rule that has it',
    fallback: [],
    parse: list,
  } satisfies Setting<readonly string[]>,
  exclude: {
    env: 'INFRAFABRIC_EXCLUDE',
    flag: 'exclude',
    key: 'exclude',
    describe:
      'Resources to set aside by their tags: env=prod, team=a|b, name=ci-*, keep (any value), !owner (no such tag), env!=prod; & for all of several; team="a,b" for a value with a comma',
    fallback: [],
    parse: quotedList,
  } satisfies Setting<readonly string[]>,
  budgetMonthlyUsd: {
    env: 'BUDGET_MONTHLY',
    flag: 'budget-usd',
    key: 'budget_monthly',
    unit: 'USD a month',
    describe: 'Monthly budget of the analysed bill; the forecast is compared with it when it is set',
    fallback: '',
    parse: usd,
  } satisfies Setting<string>,
  roles: {
    env: 'INFRAFABRIC_AGENTS',
    flag: 'agents',
    key: 'agents',
    describe: 'Kinds of agent that take part in an analysis; the collector always does',
    fallback: ['pricing', 'rightsizing', 'upgrade-risk', 'budget'],
    parse: list,
  } satisfies Setting<readonly string[]>,
  awsProfile: {
    env: 'INFRAFABRIC_PROFILE',
    aliases: ['AWS_PROFILE'],
    flag: 'profile',
    key: 'profile',
    describe: 'Profile of the AWS configuration files a live collection uses; empty: the chain of the AWS SDK decides',
    fallback: '',
    parse: anyText,
  } satisfies Setting<string>,
  awsRegions: {
    env: 'AWS_REGIONS',
    flag: 'regions',
    key: 'regions',
    describe: 'Regions a live collection reads; all: every region the account has enabled',
    fallback: ['all'],
    parse: list,
  } satisfies Setting<readonly string[]>,
  metricDays: {
    env: 'INFRAFABRIC_DAYS',
    flag: 'days',
    key: 'days',
    unit: 'days',
    describe: 'Days of hourly metrics and of cost a live collection reads',
    source: 'AWS Compute Optimizer: look-back of 14 days',
    fallback: 14,
    parse: wholeNumber(1, 365),
  } satisfies Setting<number>,
  maxAwsUsd: {
    env: 'INFRAFABRIC_MAX_AWS_USD',
    flag: 'max-aws-usd',
    key: 'max_aws_usd',
    unit: 'USD',
    describe: 'Most a live collection may spend on reads AWS charges for (Cost Explorer, GetMetricData); empty: no cap',
    fallback: '',
    parse: usd,
  } satisfies Setting<string>,
  memberRole: {
    env: 'INFRAFABRIC_MEMBER_ROLE',
    key: 'member_role',
    describe: 'Name of the read-only role to assume in every account of the organisation; empty: this account alone',
    fallback: '',
    parse: anyText,
  } satisfies Setting<string>,
  externalId: {
    env: 'INFRAFABRIC_EXTERNAL_ID',
    key: 'external_id',
    describe: 'ExternalId the trust policy of that role asks for',
    fallback: '',
    parse: anyText,
  } satisfies Setting<string>,
  cacheMinutes: {
    env: 'INFRAFABRIC_CACHE_MINUTES',
    flag: 'cache-minutes',
    key: 'cache_minutes',
    unit: 'minutes',
    describe:
      'Age at which any live answer is asked again; cost (COST_CACHE_TTL_MINUTES) and prices (60) are always kept that long',
    fallback: 0,
    parse: wholeNumber(0, 1_440),
  } satisfies Setting<number>,
  costCacheMinutes: {
    env: 'COST_CACHE_TTL_MINUTES',
    key: 'cost_cache_ttl_minutes',
    unit: 'minutes',
    describe: 'Age at which a live answer about cost is asked again; a bill not seen before drops these answers',
    fallback: 30,
    parse: wholeNumber(0, 1_440),
  } satisfies Setting<number>,
  breakerFailures: {
    env: 'CIRCUIT_BREAKER_THRESHOLD',
    key: 'circuit_breaker_threshold',
    unit: 'failed calls in a row',
    describe: 'After so many a service of a region is left alone',
    fallback: 5,
    parse: wholeNumber(1, 100),
  } satisfies Setting<number>,
  breakerSeconds: {
    env: 'CIRCUIT_BREAKER_TIMEOUT_SECONDS',
    key: 'circuit_breaker_timeout_seconds',
    unit: 'seconds',
    describe: 'How long it is left alone',
    fallback: 60,
    parse: wholeNumber(1, 3_600),
  } satisfies Setting<number>,
  ...MODEL_SETTINGS,
  ...RETENTION_SETTINGS,
  ...DEADLINE_SETTINGS,
  history: {
    env: 'INFRAFABRIC_HISTORY',
    key: 'history',
    describe:
      'Whether analyze keeps costs, resources and opportunities by day in INFRAFABRIC_HOME/history (needs DuckDB)',
    fallback: 'on',
    parse: oneOf('on', 'off'),
  } satisfies Setting<'on' | 'off'>,
  ...API_SETTINGS,
  logLevel: {
    env: 'LOG_LEVEL',
    key: 'log_level',
    describe:
      'Least severe log line that the worker, coordinator and serve processes write to stderr, and functions to stdout',
    fallback: 'info',
    parse: oneOf('debug', 'info', 'warn', 'error', 'silent'),
  } satisfies Setting<'debug' | 'info' | 'warn' | 'error' | 'silent'>,
  ...DEPLOYED_SETTINGS,
  ...TELEMETRY_SETTINGS,
} as const;

/** The name of a setting in code. */
export type SettingName = keyof typeof SETTINGS;

/** Established names of the variables of similar systems that have no meaning here, so that nobody waits for their effect. */
export const WITHOUT_MEANING: Readonly<Record<string, string>> = {
  RDS_HOST: 'state is in DynamoDB; there is no relational database',
  RDS_PORT: 'state is in DynamoDB; there is no relational database',
  RDS_DATABASE: 'state is in DynamoDB; there is no relational database',
  RDS_USER: 'state is in DynamoDB; there is no relational database',
  RDS_SECRET_ARN: 'state is in DynamoDB; there is no relational database',
  STATE_BUCKET: 'state is in DynamoDB; evidence and results share RESULTS_BUCKET',
  LOG_BUCKET: 'log lines go to stderr and CloudWatch, not to a bucket',
};
