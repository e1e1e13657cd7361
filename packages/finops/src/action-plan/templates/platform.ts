import type { ActionTemplate } from '../action-template.ts';
import { R } from './words.ts';

/** What to do about load balancers, addresses, gateways, logs, alarms and secrets, by rule id. */
export const PLATFORM_TEMPLATES: Readonly<Record<string, ActionTemplate>> = {
  'elb-no-targets': {
    title: 'Delete load balancers without targets',
    save: [
      `aws elbv2 describe-load-balancers ${R} --load-balancer-arns {id} > {file}`,
      `aws elbv2 describe-listeners ${R} --load-balancer-arn {id} > listeners-{file}`,
    ],
    change: [`aws elbv2 delete-load-balancer ${R} --load-balancer-arn {id}`],
    note: 'Its DNS name does not come back: look for records that point to it first.',
  },
  'elb-classic-no-instances': {
    title: 'Delete Classic Load Balancers without instances',
    save: [`aws elb describe-load-balancers ${R} --load-balancer-names {id} > {file}`],
    change: [`aws elb delete-load-balancer ${R} --load-balancer-name {id}`],
    note: 'Its DNS name does not come back: look for records that point to it first.',
  },
  'network-idle-elastic-ip': {
    title: 'Release Elastic IP addresses nothing uses',
    save: [`aws ec2 describe-addresses ${R} --allocation-ids {id} > {file}`],
    change: [`aws ec2 release-address ${R} --allocation-id {id}`],
    note: 'The address may go to somebody else: look for it in allow lists and DNS first.',
  },
  'network-idle-nat-gateway': {
    title: 'Delete NAT gateways without traffic',
    save: [
      `aws ec2 describe-nat-gateways ${R} --nat-gateway-ids {id} > {file}`,
      `aws ec2 describe-route-tables ${R} --filters Name=route.nat-gateway-id,Values={id} > routes-{file}`,
    ],
    change: [`aws ec2 delete-nat-gateway ${R} --nat-gateway-id {id}`],
    note: 'Its Elastic IP stays and is billed until it is released.',
  },
  'network-idle-interface-endpoint': {
    title: 'Delete interface endpoints without traffic',
    save: [`aws ec2 describe-vpc-endpoints ${R} --vpc-endpoint-ids {id} > {file}`],
    change: [`aws ec2 delete-vpc-endpoints ${R} --vpc-endpoint-ids {id}`],
  },
  'network-s3-interface-endpoint': {
    title: 'Reach S3 through gateway endpoints',
    save: [`aws ec2 describe-vpc-endpoints ${R} --vpc-endpoint-ids {id} > {file}`],
    change: [
      `aws ec2 create-vpc-endpoint ${R} --vpc-id YOUR_VPC_ID --service-name com.amazonaws.{region}.s3 --route-table-ids YOUR_ROUTE_TABLE_IDS`,
      `aws ec2 delete-vpc-endpoints ${R} --vpc-endpoint-ids {id}`,
    ],
    note: 'On-premises networks and other VPCs cannot use a gateway endpoint: look for their traffic first.',
  },
  'kinesis-idle': {
    title: 'Delete streams nobody writes to',
    save: [`aws kinesis describe-stream-summary ${R} --stream-name {id} > {file}`],
    change: [`aws kinesis delete-stream ${R} --stream-name {id}`],
    note: 'Records the stream still keeps are lost with it.',
  },
  's3-incomplete-uploads': {
    title: 'Let buckets clear uploads that were never finished',
    change: [],
    why: 'setting a life cycle replaces all rules of the bucket: add AbortIncompleteMultipartUpload to those there',
  },
  'ec2-savings-plan': {
    title: 'Buy a Savings Plan for what still runs on demand',
    change: [
      'aws savingsplans describe-savings-plans-offerings --region us-east-1 --plan-types Compute --durations 31536000 --currencies USD > {file}',
      'aws savingsplans create-savings-plan --region us-east-1 --savings-plan-offering-id YOUR_OFFERING_ID --commitment YOUR_HOURLY_COMMITMENT',
    ],
    note: 'A purchase that binds for its whole term, made once for all instances: do every other step first, take the offering with No Upfront from the file, and commit at most what is left.',
  },
  'commitments-expiring': {
    title: 'Decide what follows on commitments that end',
    change: [],
    why: 'what to buy again depends on what is left after the other steps',
  },
  'logs-no-retention': {
    title: 'Set a retention on log groups that keep everything',
    save: [
      `aws logs create-export-task ${R} --task-name {copy} --log-group-name {id} --from 0 --to {until_ms} --destination YOUR_BUCKET`,
    ],
    isSaveSlow: true,
    change: [
      `aws logs describe-export-tasks ${R} --status-code COMPLETED --query exportTasks[].taskName --output text | grep -qw {copy}`,
      `aws logs put-retention-policy ${R} --log-group-name {id} --retention-in-days YOUR_DAYS`,
    ],
    undo: [`aws logs delete-retention-policy ${R} --log-group-name {id}`],
    note: 'A retention deletes what is older: export it first where somebody may need it.',
  },
  'secrets-unused': {
    title: 'Delete secrets nobody reads, with thirty days to take it back',
    save: [`aws secretsmanager describe-secret ${R} --secret-id {id} > {file}`],
    change: [`aws secretsmanager delete-secret ${R} --secret-id {id} --recovery-window-in-days 30`],
    undo: [`aws secretsmanager restore-secret ${R} --secret-id {id}`],
  },
  'cloudwatch-alarm-insufficient-data': {
    title: 'Delete alarms that have had no data for long',
    save: [`aws cloudwatch describe-alarms ${R} --alarm-names {id} > {file}`],
    change: [`aws cloudwatch delete-alarms ${R} --alarm-names {id}`],
  },
};
