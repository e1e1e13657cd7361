/** Where an answer was asked, as its folders say it. */
export interface Place {
  readonly account?: string;
  readonly region?: string;
}

/** What an answer file's name says: the client (suffix of `@aws-sdk/client-*`) and the operation. */
export interface AnswerName {
  readonly client: string;
  readonly operation: string;
}

/** Reads `<client>.<Operation>[.anything].json`; `undefined` for any other name. Aliases of a client get its one name. */
export function answerName(basename: string): AnswerName | undefined {
  const match = ANSWER_NAME.exec(basename);
  const [client, operation] = [match?.[1], match?.[2]];
  if (client === undefined || operation === undefined) return undefined;
  return { client: CLIENT_ALIASES[client] ?? client, operation };
}

const ANSWER_NAME = /^([a-z][a-z0-9-]*)\.([A-Z][A-Za-z0-9]*)(?:\.[^\p{C}\p{Z}\ufffd/]+)?\.json$/u;

/** The place of a folder inside `parent`, or `undefined` when it is neither an account (at the root) nor a region. */
export function folderPlace(parent: Place, folder: string): Place | undefined {
  if (parent.region !== undefined) return undefined;
  if (folder === 'global' || REGION.test(folder)) return { ...parent, region: folder };
  return parent.account === undefined && /^[0-9]{12}$/.test(folder) ? { account: folder } : undefined;
}

/** Region codes such as us-east-1, us-gov-west-1, eusc-de-east-1 (AWS General Reference, Regions, 2026-11-20). */
const REGION = /^[a-z]{2,4}(-[a-z]+){1,2}-[0-9]{1,2}$/;

/** Files that explain a directory to people; they are neither read nor counted. */
export const isDocumentation = (basename: string): boolean =>
  /^(readme|licen[cs]e|notice)(\.[a-z]+)?$/i.test(basename) || basename === '.DS_Store';

/** A name as it may be printed: control and separator characters, which a terminal would obey, are escaped. */
export function printableName(name: string): string {
  const escaped = name.replaceAll(
    /[\p{C}\p{Zl}\p{Zp}]/gu,
    (character) => `\\u{${character.codePointAt(0)?.toString(16) ?? ''}}`,
  );
  return escaped.length > 300 ? `${escaped.slice(0, 300)}...` : escaped;
}

/** Other names of a client: command names of the AWS CLI (botocore 1.43 service names) and names of older SDKs. */
const CLIENT_ALIASES: Readonly<Record<string, string>> = Object.assign(Object.create(null), {
  apigateway: 'api-gateway',
  autoscaling: 'auto-scaling',
  ce: 'cost-explorer',
  dms: 'database-migration-service',
  elb: 'elastic-load-balancing',
  elbv2: 'elastic-load-balancing-v2',
  es: 'elasticsearch-service',
  logs: 'cloudwatch-logs',
  resourcegroupstaggingapi: 'resource-groups-tagging-api',
  secretsmanager: 'secrets-manager',
  stepfunctions: 'sfn',
});
