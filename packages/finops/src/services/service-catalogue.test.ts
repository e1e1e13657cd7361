import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it, test } from 'vitest';
import { CATEGORIES, SERVICES, SERVICE_CATEGORIES, SERVICE_SOURCES } from './service-catalogue.ts';
import { findService } from './service-lookup.ts';

const ROOT = resolve(import.meta.dirname, '../../../..');
const DATA = resolve(ROOT, process.env['INFRAFABRIC_TEST_DATA'] ?? '../shared', 'data');
const missing = !existsSync(DATA);
const note = missing ? ' (skipped: no data in INFRAFABRIC_TEST_DATA)' : '';

/** Rows of a table without quoted cells, less its header. */
const rowsOf = (path: string, separator: string): string[][] =>
  missing
    ? []
    : readFileSync(resolve(DATA, path), 'utf8')
        .trim()
        .split(/\r?\n/)
        .slice(1)
        .map((line) => line.split(separator));

describe('the service catalogue', () => {
  it('has at least 268 services in at least 24 categories, at least 79 with metadata of their own', () => {
    expect(SERVICES.length).toBeGreaterThanOrEqual(268);
    expect(new Set(SERVICES.map((service) => service.category)).size).toBeGreaterThanOrEqual(24);
    expect(SERVICES.filter((service) => service.metadata === 'explicit').length).toBeGreaterThanOrEqual(79);
  });

  // FOCUS 1.0, column ServiceCategory, allowed values.
  it('knows the 19 service categories of FOCUS 1.0', () => {
    expect(SERVICE_CATEGORIES).toStrictEqual([
      'AI and Machine Learning',
      'Analytics',
      'Business Applications',
      'Compute',
      'Databases',
      'Developer Tools',
      'Multicloud',
      'Identity',
      'Integration',
      'Internet of Things',
      'Management and Governance',
      'Media',
      'Migration',
      'Mobile',
      'Networking',
      'Security',
      'Storage',
      'Web',
      'Other',
    ]);
  });

  it('gives each service a known category, service category and source, a unit and a driver', () => {
    const categories = new Set(CATEGORIES.map((category) => category.name));
    const broken = SERVICES.filter(
      (service) =>
        !categories.has(service.category) ||
        !SERVICE_CATEGORIES.includes(service.serviceCategory) ||
        service.sources.some((source) => !Object.hasOwn(SERVICE_SOURCES, source)) ||
        [service.billingUnit, service.drivenBy, service.name].includes(''),
    );
    expect(broken).toStrictEqual([]);
  });

  it('gives a service whose ServiceCategory no source states that of its category', () => {
    const defaults = new Map(CATEGORIES.map(({ name, serviceCategory }) => [name, serviceCategory]));
    const assigned = SERVICES.filter((service) => !service.sources.includes('focus-mapping'));
    expect(assigned.filter((service) => service.serviceCategory !== defaults.get(service.category))).toStrictEqual([]);
    expect(assigned.filter((service) => !service.sources.includes('assigned'))).toStrictEqual([]);
  });

  it('has no name that means two services', () => {
    const lost = SERVICES.flatMap((service) =>
      [service.key, service.name, ...service.also].filter((name) => findService(name) !== service),
    );
    expect(lost).toStrictEqual([]);
  });
});

describe.skipIf(missing)(`the tables it is made from${note}`, () => {
  const mapping = rowsOf('bills/cur/aws_service_category_mapping.csv', ',');
  const dashboards = rowsOf('reference/aws_product_code_category.tsv', '\t');

  test('give every product code its ServiceCategory', () => {
    // A star marks a service without a product code of its own.
    const differs = mapping.filter(([name = '', category]) => {
      const { serviceCategory, productCode } = findService(name) ?? {};
      const code = name.endsWith('*') ? undefined : name;
      return serviceCategory !== category || productCode !== code;
    });
    expect([mapping.length, differs]).toStrictEqual([213, []]);
  });

  test('give every product code its finer category', () => {
    const differs = dashboards.filter(([code = '', category]) => findService(code)?.category !== category);
    expect([dashboards.length, differs]).toStrictEqual([145, []]);
  });
});

describe('the lookup', () => {
  // Names of the FOCUS 1.0 sample and of the AWS Cost and Usage Report anonymous export.
  it.each([
    ['AmazonCloudWatch', 'AmazonCloudWatch'],
    ['Amazon EC2 Container Registry (ECR)', 'AmazonECR'],
    ['Amazon Elastic Container Service for Kubernetes', 'AmazonEKS'],
    ['Elastic Load Balancing', 'AWSELB'],
    ['AWS Key Management Service', 'awskms'],
    ['AWS IoT', 'AWSIoT'],
    ['AWSMigrationHubRefactorSpaces', 'AWSMigrationHubRefactorSpaces'],
    ['AWSCloudShell', 'AWSCloudShell'],
    ['Virtual Machines', undefined],
    ['', undefined],
  ])('finds %j', (name, key) => {
    expect(findService(name)?.key).toBe(key);
  });
});
