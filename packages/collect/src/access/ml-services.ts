import { z } from 'zod';
import { type AccountAccess, type Read, readPages } from './account-access.ts';
import { type Located, failuresOf, itemsOf } from './items.ts';

const Endpoint = z.object({
  EndpointName: z.string(),
  EndpointStatus: z.string(),
  EndpointConfigName: z.string().optional(),
  ProductionVariants: z
    .array(z.object({ VariantName: z.string(), CurrentInstanceCount: z.int().optional() }))
    .optional(),
});

const EndpointConfig = z.object({
  EndpointConfigName: z.string(),
  ProductionVariants: z.array(
    z.object({
      VariantName: z.string(),
      InstanceType: z.string().optional(),
      InitialInstanceCount: z.int().optional(),
      ServerlessConfig: z.object({ MemorySizeInMB: z.int(), MaxConcurrency: z.int() }).optional(),
    }),
  ),
});

const Notebook = z.object({
  NotebookInstanceName: z.string(),
  NotebookInstanceStatus: z.string(),
  InstanceType: z.string(),
  VolumeSizeInGB: z.int().optional(),
});

const Domain = z.object({ DomainId: z.string(), DomainName: z.string(), Status: z.string() });

const App = z.object({
  DomainId: z.string(),
  AppName: z.string(),
  AppType: z.string(),
  Status: z.string(),
  ResourceSpec: z.object({ InstanceType: z.string() }).partial().optional(),
});

/** What trains and serves models, with the members as SageMaker names them. */
export interface MlServices {
  readonly endpoints: readonly Located<z.infer<typeof Endpoint>>[];
  readonly endpointConfigs: readonly Located<z.infer<typeof EndpointConfig>>[];
  readonly notebookInstances: readonly Located<z.infer<typeof Notebook>>[];
  readonly domains: readonly Located<z.infer<typeof Domain>>[];
  readonly apps: readonly Located<z.infer<typeof App>>[];
}

/** Reads the SageMaker endpoints with their configurations, notebook instances, Studio domains and applications of an account. */
export async function getMlServices(access: AccountAccess): Promise<Read<MlServices>> {
  const pages = await readPages(access, [
    'sagemaker.DescribeEndpointConfig',
    'sagemaker.DescribeNotebookInstance',
    'sagemaker.DescribeDomain',
    'sagemaker.ListApps',
  ]);
  const endpoints = itemsOf(pages.of('sagemaker.DescribeEndpoint'), '', Endpoint);
  const configs = itemsOf(pages.of('sagemaker.DescribeEndpointConfig'), '', EndpointConfig);
  const notebooks = itemsOf(pages.of('sagemaker.DescribeNotebookInstance'), '', Notebook);
  const domains = itemsOf(pages.of('sagemaker.DescribeDomain'), '', Domain);
  const apps = itemsOf(pages.of('sagemaker.ListApps'), 'Apps/*', App);
  return {
    value: {
      endpoints: endpoints.items,
      endpointConfigs: configs.items,
      notebookInstances: notebooks.items,
      domains: domains.items,
      apps: apps.items,
    },
    failed: failuresOf(pages, endpoints, configs, notebooks, domains, apps),
    usd: pages.usd,
  };
}
