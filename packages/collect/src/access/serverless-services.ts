import { z } from 'zod';
import { type AccountAccess, type Read, readPages } from './account-access.ts';
import { type Located, failuresOf, itemsOf } from './items.ts';

const LambdaFunction = z.object({
  FunctionName: z.string(),
  FunctionArn: z.string(),
  Runtime: z.string().optional(),
  MemorySize: z.int().optional(),
  Timeout: z.int().optional(),
  Architectures: z.array(z.string()).optional(),
  EphemeralStorage: z.object({ Size: z.int() }).optional(),
  LastModified: z.string().optional(),
});

const DynamoDbTable = z.object({
  TableName: z.string(),
  TableArn: z.string(),
  TableStatus: z.string(),
  TableSizeBytes: z.int().optional(),
  ItemCount: z.int().optional(),
  BillingModeSummary: z.object({ BillingMode: z.string() }).partial().optional(),
  ProvisionedThroughput: z.object({ ReadCapacityUnits: z.int(), WriteCapacityUnits: z.int() }).partial().optional(),
});

/** What runs without servers, with the members as Lambda and DynamoDB name them; sizes in MB (functions) and bytes (tables). */
export interface ServerlessServices {
  readonly lambdaFunctions: readonly Located<z.infer<typeof LambdaFunction>>[];
  readonly dynamoDbTables: readonly Located<z.infer<typeof DynamoDbTable>>[];
}

/** Reads the Lambda functions and DynamoDB tables of an account. */
export async function getServerlessServices(access: AccountAccess): Promise<Read<ServerlessServices>> {
  const pages = await readPages(access, ['lambda.ListFunctions', 'dynamodb.DescribeTable']);
  const functions = itemsOf(pages.of('lambda.ListFunctions'), 'Functions/*', LambdaFunction);
  const tables = itemsOf(pages.of('dynamodb.DescribeTable'), 'Table', DynamoDbTable);
  return {
    value: { lambdaFunctions: functions.items, dynamoDbTables: tables.items },
    failed: failuresOf(pages, functions, tables),
    usd: pages.usd,
  };
}
