import type { ActionTemplate } from '../action-template.ts';
import { R, recycle } from './words.ts';

const IMAGE = [
  `image=$(aws ec2 create-image ${R} --instance-id {id} --name {copy} --no-reboot --query ImageId --output text)`,
  `aws ec2 wait image-available ${R} --image-ids "$image"`,
];

const RESIZE = [
  `aws ec2 stop-instances ${R} --instance-ids {id}`,
  `aws ec2 wait instance-stopped ${R} --instance-ids {id}`,
  `aws ec2 modify-instance-attribute ${R} --instance-id {id} --instance-type Value={instance_type}`,
  `aws ec2 start-instances ${R} --instance-ids {id}`,
];

/** What to do about instances, images, clusters, functions and notebooks, by rule id. */
export const COMPUTE_TEMPLATES: Readonly<Record<string, ActionTemplate>> = {
  'ec2-idle': {
    title: 'Image and stop idle instances',
    save: IMAGE,
    change: [`aws ec2 stop-instances ${R} --instance-ids {id}`],
    undo: [`aws ec2 start-instances ${R} --instance-ids {id}`],
    note: 'Data on instance store volumes is lost by a stop. Terminate it once nobody missed it.',
  },
  'ec2-oversized': {
    title: 'Resize instances to their load',
    save: IMAGE,
    change: RESIZE,
    note: 'The instance is down meanwhile.',
  },
  'ec2-previous-generation': {
    title: 'Move instances to the current generation',
    save: IMAGE,
    change: RESIZE,
    note: 'The instance is down meanwhile; types of the Nitro system need ENA and NVMe drivers in the image.',
  },
  'ec2-graviton': {
    title: 'Move instances to Graviton',
    save: [`aws ec2 describe-instances ${R} --instance-ids {id} > {file}`],
    change: [
      `aws ec2 run-instances ${R} --image-id YOUR_ARM64_IMAGE_ID --instance-type {instance_type} --subnet-id YOUR_SUBNET_ID --security-group-ids YOUR_SECURITY_GROUP_ID`,
    ],
    note: 'An x86 instance cannot change its architecture: build an arm64 image, launch it beside with these lines, move the traffic, then stop the old instance.',
  },
  'ec2-detailed-monitoring': {
    title: 'Go back to metrics every five minutes',
    change: [`aws ec2 unmonitor-instances ${R} --instance-ids {id}`],
    undo: [`aws ec2 monitor-instances ${R} --instance-ids {id}`],
    note: 'Alarms with a period below five minutes need detailed monitoring.',
  },
  'ec2-unused-capacity-reservation': {
    title: 'Lower capacity reservations to what runs in them',
    save: [`aws ec2 describe-capacity-reservations ${R} --capacity-reservation-ids {id} > {file}`],
    change: [
      `aws ec2 modify-capacity-reservation ${R} --capacity-reservation-id {id} --instance-count YOUR_INSTANCE_COUNT`,
    ],
    note: 'Capacity given up may not be there when it is wanted again.',
  },
  'ec2-stopped-long': {
    title: 'Image and terminate instances stopped for long',
    save: IMAGE,
    change: [`aws ec2 terminate-instances ${R} --instance-ids {id}`],
  },
  'ec2-unused-image': {
    title: 'Remove images no instance was started from, through the Recycle Bin',
    save: [recycle('EC2_IMAGE'), recycle('EBS_SNAPSHOT')],
    change: [`aws ec2 deregister-image ${R} --image-id {id} --delete-associated-snapshots`],
    undo: [`aws ec2 restore-image-from-recycle-bin ${R} --image-id {id}`],
    note: 'Look for the image in launch templates and scaling groups first.',
  },
  'eks-extended-support': {
    title: 'Move clusters to a Kubernetes version in standard support',
    change: [`aws eks list-insights ${R} --cluster-name {id}`],
    note: 'Settle what the insights name, then aws eks update-cluster-version, one minor version at a time; there is no way back.',
  },
  'sagemaker-notebook-running': {
    title: 'Stop notebooks that run day and night',
    change: [`aws sagemaker stop-notebook-instance ${R} --notebook-instance-name {id}`],
    undo: [`aws sagemaker start-notebook-instance ${R} --notebook-instance-name {id}`],
  },
  'autoscaling-fixed-size': {
    title: 'Let scaling groups of a fixed size scale',
    change: [],
    why: 'the limits and the metric to follow are for whoever knows the load to choose',
  },
  'ecs-fargate-arm64': {
    title: 'Run Fargate services on arm64',
    save: [`aws ecs describe-services ${R} --cluster {parent} --services {name} > {file}`],
    change: [
      `aws ecs update-service ${R} --cluster {parent} --service {name} --task-definition YOUR_ARM64_TASK_DEFINITION`,
    ],
    undo: [
      `aws ecs update-service ${R} --cluster {parent} --service {name} --task-definition YOUR_X86_TASK_DEFINITION`,
    ],
    note: 'Its image must exist for arm64, and the task definition must say cpuArchitecture ARM64.',
  },
  'lambda-idle': {
    title: 'Function nobody invokes',
    change: [],
    why: 'an idle function costs nothing: whether it goes is for its owner to say',
  },
  'lambda-arm64': {
    title: 'Run functions on arm64',
    save: [`aws lambda publish-version ${R} --function-name {id}`],
    change: [
      `aws lambda update-function-code ${R} --function-name {id} --architectures arm64 --s3-bucket YOUR_BUCKET --s3-key YOUR_ARM64_PACKAGE`,
    ],
    undo: [
      `aws lambda update-function-code ${R} --function-name {id} --architectures x86_64 --s3-bucket YOUR_BUCKET --s3-key YOUR_X86_PACKAGE`,
    ],
    note: 'Build the package for arm64 and publish it beside the old version; layers and native modules must exist for arm64.',
  },
  'lambda-deprecated-runtime': {
    title: 'Move functions off deprecated runtimes',
    change: [],
    why: 'the code has to be tested on the new runtime first',
  },
  'lambda-runtime-ends-soon': {
    title: 'Move functions off runtimes that end soon',
    change: [],
    why: 'the code has to be tested on the new runtime first',
  },
  'eks-nodegroup-al2': {
    title: 'Replace node groups on Amazon Linux 2',
    change: [],
    why: 'a node group cannot change its image family: a new one has to be made and the pods moved',
  },
  'eks-node-graviton': {
    title: 'Add Graviton node groups beside x86 ones',
    change: [],
    why: 'a node group cannot change its architecture: a new one has to be made and the pods moved',
  },
  'eks-support-ends-soon': {
    title: 'Upgrade clusters before their support ends',
    change: [],
    why: 'what runs in the cluster decides what has to be done before',
  },
};
