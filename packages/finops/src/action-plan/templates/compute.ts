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
    change: [],
    note: 'An x86 instance cannot change its architecture: build an arm64 image, launch it beside, then move the traffic.',
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
  'autoscaling-fixed-size': { title: 'Let scaling groups of a fixed size scale', change: [] },
  'lambda-arm64': {
    title: 'Run functions on arm64',
    change: [],
    note: 'Build the package for arm64 and publish it beside the old version; layers and native modules must exist for arm64.',
  },
  'lambda-deprecated-runtime': { title: 'Move functions off deprecated runtimes', change: [] },
  'lambda-runtime-ends-soon': { title: 'Move functions off runtimes that end soon', change: [] },
  'eks-nodegroup-al2': { title: 'Replace node groups on Amazon Linux 2', change: [] },
  'eks-node-graviton': { title: 'Add Graviton node groups beside x86 ones', change: [] },
  'eks-support-ends-soon': { title: 'Upgrade clusters before their support ends', change: [] },
};
