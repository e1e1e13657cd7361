import { CATEGORIES, RULES, SERVICES, SERVICE_SOURCES, type Service, rulesOf } from '@infrafabric/runtime';
import { table } from './table.ts';

/** docs/services.md, from the service catalogue and the rule catalogue. */
export function servicesPage(): string {
  const explicit = SERVICES.filter((service) => service.metadata === 'explicit').length;
  const ruled = SERVICES.filter(hasRules).length;
  const sources = Object.entries(SERVICE_SOURCES).map(([id, text]) => [`\`${id}\``, text]);
  return `${[
    head(explicit, ruled),
    '## Sources',
    table(['source', 'what it is'], sources),
    ...CATEGORIES.map(section),
  ].join('\n\n')}\n`;
}

const head = (explicit: number, ruled: number): string => `# Services

<!-- Made from the service catalogue and the rule catalogue by \`pnpm docs:write\`. Change those. -->

The ${SERVICES.length} AWS services of the catalogue in ${CATEGORIES.length} categories. It says under which category a bill's spend is shown, not that a
service is audited: checks exist for ${ruled} of them. \`infrafabric services\` prints the same list.

- **ServiceCategory**: the FOCUS 1.0 value. A bill may say another one line by line: volumes, NAT gateways and transfer
  stand under Amazon EC2 there, and count as Compute in the sums by category.
- **Billed by**: the unit of most of the bill, then what makes it grow; explicit for ${explicit} services, the default of the category
  for the others. Both are written from how AWS prices the service, without amounts; no figure cites them.
- **Product code**: \`line_item_product_code\` of a Cost and Usage Report. Where no source gives one, bills are matched by name only.
- Spend under a ServiceName that is not listed, and of other providers, is printed as UNMAPPED_SPEND.`;

function section({ name, serviceCategory, billingUnit, drivenBy }: (typeof CATEGORIES)[number]): string {
  const services = SERVICES.filter((service) => service.category === name);
  const defaults = `${services.length} ${services.length === 1 ? 'service' : 'services'}. Default: ${serviceCategory}; billed by ${billingUnit}: ${drivenBy}.`;
  return [`## ${name}`, defaults, table(COLUMNS, services.map(row))].join('\n\n');
}

const COLUMNS = ['service', 'product code', 'ServiceCategory', 'billed by', 'checks', 'sources'];

function row(service: Service): string[] {
  const { name, productCode, serviceCategory, metadata, billingUnit, drivenBy, sources } = service;
  const billed = metadata === 'explicit' ? `${billingUnit}: ${drivenBy}` : 'default';
  const code = productCode === undefined ? 'none known' : `\`${productCode}\``;
  return [name, code, serviceCategory, billed, hasRules(service) ? 'yes' : 'no', sources.join(', ')];
}

const hasRules = (service: Service): boolean => rulesOf(service, RULES).length > 0;
