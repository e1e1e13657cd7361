import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi';
import { listRules, listServices } from '@infrafabric/runtime';
import { failures } from './failures.ts';

/** What can be judged: the services a bill can name, and the rules. */
export function addCatalogues(app: OpenAPIHono): void {
  app.openapi(SERVICES, (context) =>
    context.json({ services: listServices(context.req.valid('query').category) }, 200),
  );
  app.openapi(RULES, (context) => context.json({ rules: listRules() }, 200));
}

const texts = z.array(z.string()).readonly();

const Service = z
  .strictObject({
    key: z.string(),
    name: z.string(),
    productCode: z.string().optional(),
    also: texts,
    serviceCategory: z.string(),
    category: z.string(),
    billingUnit: z.string(),
    drivenBy: z.string(),
    metadata: z.enum(['explicit', 'category default']),
    sources: texts,
    rules: texts.openapi({ description: 'Ids of the rules that judge it' }),
  })
  .openapi('Service');

const Rule = z
  .object({
    id: z.string(),
    ref: z.string(),
    role: z.string(),
    service: z.string(),
    title: z.string(),
    severity: z.number(),
    formula: z.string(),
    documentation: z.string(),
    sources: texts,
    derivations: texts,
    proven: z.boolean().openapi({ description: 'It gave both a finding and an OK on inputs its author did not write' }),
  })
  .openapi('Rule');

const SERVICES = createRoute({
  method: 'get',
  path: '/v1/services',
  summary: 'The AWS services a bill can name, and which rules judge them',
  request: {
    query: z.object({
      category: z
        .string()
        .min(1)
        .max(100)
        .optional()
        .openapi({ description: 'Only this category', example: 'Compute' }),
    }),
  },
  responses: {
    200: {
      description: 'The services',
      content: {
        'application/json': { schema: z.strictObject({ services: z.array(Service) }).openapi('ServiceList') },
      },
    },
    ...failures(422),
  },
});

const RULES = createRoute({
  method: 'get',
  path: '/v1/rules',
  summary: 'What the agents check, with thresholds, sources and how far each check is proven',
  responses: {
    200: {
      description: 'The rules, by role and id',
      content: { 'application/json': { schema: z.strictObject({ rules: z.array(Rule) }).openapi('RuleList') } },
    },
    ...failures(),
  },
});
