import { z } from 'zod';
import document from '../../data/services.json' with { type: 'json' };

/** The 19 values FOCUS 1.0 allows in ServiceCategory. */
export const SERVICE_CATEGORIES: readonly string[] = document.service_categories;

/** A finer category than FOCUS has, and what holds for its services that say nothing of their own. */
export interface Category {
  readonly name: string;
  /** FOCUS 1.0 ServiceCategory of its services where no source states another. */
  readonly serviceCategory: string;
  readonly billingUnit: string;
  readonly drivenBy: string;
}

/** A service of AWS as bills name it. */
export interface Service {
  /** The product code, or the name of a service that has none. */
  readonly key: string;
  /** ServiceName as a FOCUS bill of AWS writes it, where a sample shows it. */
  readonly name: string;
  /** `line_item_product_code` of the Cost and Usage Report; `undefined` = no source gives one. */
  readonly productCode: string | undefined;
  /** Other names it had or has. */
  readonly also: readonly string[];
  /** FOCUS 1.0 ServiceCategory. */
  readonly serviceCategory: string;
  /** Name of its `Category`. */
  readonly category: string;
  /** The unit of what is most of its bill, no amount. */
  readonly billingUnit: string;
  /** What makes its bill grow. */
  readonly drivenBy: string;
  /** Whether unit and driver are its own or those of its category. */
  readonly metadata: 'explicit' | 'category default';
  /** Ids of `SERVICE_SOURCES`. */
  readonly sources: readonly string[];
}

const Entry = z.strictObject({
  name: z.string(),
  product_code: z.string().nullable(),
  also: z.array(z.string()).optional(),
  service_category: z.string(),
  category: z.string(),
  sources: z.array(z.string()).min(1),
  billing_unit: z.string().optional(),
  driven_by: z.string().optional(),
});

/** Where the catalogue's facts come from, by id, each with its date. */
export const SERVICE_SOURCES: Readonly<Record<string, string>> = document.sources;

/** Every category, by name. */
export const CATEGORIES: readonly Category[] = Object.entries(document.categories).map(([name, category]) => ({
  name,
  serviceCategory: category.service_category,
  billingUnit: category.billing_unit,
  drivenBy: category.driven_by,
}));

const CATEGORY_OF = new Map(CATEGORIES.map((category) => [category.name, category]));

/** Every service, by category and name. */
export const SERVICES: readonly Service[] = Object.entries(document.services).map(([key, entry]) =>
  serviceOf(key, Entry.parse(entry)),
);

function serviceOf(key: string, entry: z.infer<typeof Entry>): Service {
  const category = CATEGORY_OF.get(entry.category);
  return {
    key,
    name: entry.name,
    productCode: entry.product_code ?? undefined,
    also: entry.also ?? [],
    serviceCategory: entry.service_category,
    category: entry.category,
    billingUnit: entry.billing_unit ?? category?.billingUnit ?? '',
    drivenBy: entry.driven_by ?? category?.drivenBy ?? '',
    metadata: entry.billing_unit === undefined ? 'category default' : 'explicit',
    sources: entry.sources,
  };
}
