import { SERVICES, type Service } from './service-catalogue.ts';

/**
 * The service a bill means by a product code or ServiceName; `undefined` = none of the catalogue.
 *
 * Case, spaces and punctuation do not count: bills write both `AmazonCloudWatch` and `Amazon CloudWatch`. Only for AWS
 * lines: other providers have services of the same name.
 */
export function findService(name: string): Service | undefined {
  return BY_NAME.get(letters(name));
}

/** What of a name counts in the lookup. */
const letters = (name: string): string => name.toLowerCase().replaceAll(/[^a-z0-9]/g, '');

const BY_NAME = new Map(
  SERVICES.flatMap((service) =>
    [service.key, service.name, ...service.also].map((name) => [letters(name), service] as const),
  ),
);
