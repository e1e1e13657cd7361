import { anyText, list, type Setting, wholeNumber } from './setting.ts';

/** The settings of the HTTP API. */
export const API_SETTINGS = {
  apiHosts: {
    env: 'INFRAFABRIC_API_HOSTS',
    key: 'api_hosts',
    describe: 'Host names the HTTP API answers to beside loopback and --host, such as the name of a proxy in front',
    fallback: [],
    parse: list,
  } satisfies Setting<readonly string[]>,
  apiMaxSessions: {
    env: 'INFRAFABRIC_API_MAX_SESSIONS',
    key: 'api_max_sessions',
    unit: 'sessions',
    describe: 'Unfinished sessions at which the HTTP API starts no other',
    fallback: 10,
    parse: wholeNumber(1, 10_000),
  } satisfies Setting<number>,
  apiUploadGib: {
    env: 'INFRAFABRIC_API_UPLOAD_GIB',
    key: 'api_upload_gib',
    unit: 'GiB',
    describe: 'Most that files uploaded to the HTTP API take together until they are removed',
    fallback: 10,
    parse: wholeNumber(1, 100_000),
  } satisfies Setting<number>,
  apiRequestsPerMinute: {
    env: 'INFRAFABRIC_API_REQUESTS_PER_MINUTE',
    key: 'api_requests_per_minute',
    unit: 'requests a minute',
    describe: 'Requests the HTTP API takes from one address, with or without a token',
    fallback: 1_200,
    parse: wholeNumber(1, 1_000_000),
  } satisfies Setting<number>,
  collectionSchedule: {
    env: 'AWS_COLLECTION_SCHEDULE',
    key: 'aws_collection_schedule',
    describe:
      'When serve analyses the AWS account of its credentials: minute, hour, day, month, weekday in UTC, such as 0 2 * * *; empty: never',
    fallback: '',
    parse: anyText,
  } satisfies Setting<string>,
} as const;
