/**
 * How many checks each family of the method catalogue has: `EC2` has EC2-01 to EC2-28.
 *
 * The catalogue brings together the checks of AWS Compute Optimizer, Trusted Advisor and Cost Optimization Hub, CID, Flexera,
 * OptScale, CloudBurn, Cloudrift and others, as read in 2026-11.
 */
const FAMILIES: Readonly<Record<string, number>> = {
  API: 2,
  BED: 5,
  BIL: 6,
  CCH: 7,
  CFG: 1,
  COM: 10,
  CT: 2,
  CW: 2,
  DDB: 12,
  DIR: 1,
  DMS: 1,
  DOC: 1,
  EBS: 16,
  EC2: 28,
  ECR: 1,
  ECS: 6,
  EFS: 3,
  EMR: 2,
  FSX: 1,
  GLU: 1,
  GOV: 1,
  K8S: 7,
  KIN: 2,
  KMS: 1,
  LAM: 8,
  LOG: 4,
  MKT: 1,
  ML: 9,
  MQ: 1,
  MSG: 1,
  MSK: 1,
  NET: 22,
  OSH: 4,
  RDS: 20,
  RSH: 5,
  S3: 13,
  SEC: 1,
  SFN: 1,
  TAG: 1,
  TRF: 1,
  WAF: 1,
  WKS: 2,
};

/** Checks outside the families: a variant for another kind of resource, run-time life cycles, and one numbered as in eksup (clowdhaus/eksup). */
const OTHERS: ReadonlySet<string> = new Set(['NET-10-CLASSIC', 'LAM-EOL', 'LAM-EOL-SOON', 'eksup EKS008']);

/** Whether the method catalogue has a check of that number. */
export function isMethodRef(ref: string): boolean {
  if (OTHERS.has(ref)) return true;
  const [, family = '', digits = ''] = /^([A-Z0-9]+)-([0-9]{2})$/.exec(ref) ?? [];
  const count = Object.hasOwn(FAMILIES, family) ? (FAMILIES[family] ?? 0) : 0;
  return Number(digits) >= 1 && Number(digits) <= count;
}
