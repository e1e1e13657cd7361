import type { ActionTemplate } from '../action-template.ts';
import { R, recycle } from './words.ts';

const SNAPSHOT = [
  `snapshot=$(aws ec2 create-snapshot ${R} --volume-id {id} --description {copy} --query SnapshotId --output text)`,
  `aws ec2 wait snapshot-completed ${R} --snapshot-ids "$snapshot"`,
];

const MODIFY_VOLUME = `aws ec2 modify-volume ${R} --volume-id {id} --volume-type {volume_type} --iops {iops} --throughput {throughput}`;

/** What to do about volumes, snapshots and file systems, by rule id. */
export const STORAGE_TEMPLATES: Readonly<Record<string, ActionTemplate>> = {
  'ebs-unattached': {
    title: 'Snapshot and delete volumes attached to nothing',
    save: SNAPSHOT,
    change: [`aws ec2 delete-volume ${R} --volume-id {id}`],
  },
  'ebs-idle': {
    title: 'Snapshot, detach and delete volumes nobody reads or writes',
    save: SNAPSHOT,
    change: [
      `aws ec2 detach-volume ${R} --volume-id {id}`,
      `aws ec2 wait volume-available ${R} --volume-ids {id}`,
      `aws ec2 delete-volume ${R} --volume-id {id}`,
    ],
    note: 'Unmount the volume in the instance first.',
  },
  'ebs-on-stopped-instance': {
    title: 'Keep a snapshot instead of volumes of instances stopped for long',
    save: SNAPSHOT,
    change: [
      `aws ec2 detach-volume ${R} --volume-id {id}`,
      `aws ec2 wait volume-available ${R} --volume-ids {id}`,
      `aws ec2 delete-volume ${R} --volume-id {id}`,
    ],
    note: 'Without its root volume the instance cannot start; make a volume of the snapshot and attach it to start again.',
  },
  'ebs-gp2-to-gp3': {
    title: 'Change gp2 volumes to gp3',
    change: [MODIFY_VOLUME],
    undo: [`aws ec2 modify-volume ${R} --volume-id {id} --volume-type gp2`],
    note: 'Made online; the next change of the same volume is possible after six hours.',
  },
  'ebs-io-to-gp3': {
    title: 'Change provisioned IOPS volumes to gp3',
    change: [MODIFY_VOLUME],
    note: 'gp3 promises less durability than io2, and higher latency.',
  },
  'ebs-gp3-unused-performance': {
    title: 'Lower the performance of gp3 volumes to what they use',
    change: [MODIFY_VOLUME],
  },
  'ebs-old-snapshot': {
    title: 'Delete snapshots nothing was made of, through the Recycle Bin',
    save: [recycle('EBS_SNAPSHOT')],
    change: [`aws ec2 delete-snapshot ${R} --snapshot-id {id}`],
    undo: [`aws ec2 restore-snapshot-from-recycle-bin ${R} --snapshot-id {id}`],
  },
  'efs-unmounted': {
    title: 'Back up and delete file systems nobody mounts',
    save: [
      `aws backup start-backup-job ${R} --backup-vault-name Default --resource-arn arn:{partition}:elasticfilesystem:{region}:{account}:file-system/{id} --iam-role-arn arn:{partition}:iam::{account}:role/service-role/AWSBackupDefaultServiceRole`,
    ],
    isSaveSlow: true,
    change: [
      `aws backup list-recovery-points-by-resource ${R} --resource-arn arn:{partition}:elasticfilesystem:{region}:{account}:file-system/{id} --query RecoveryPoints[].Status --output text | grep -q COMPLETED`,
      `aws efs delete-file-system ${R} --file-system-id {id}`,
    ],
  },
  'ebs-io-unused-iops': {
    title: 'Lower provisioned IOPS to what volumes use',
    change: [`aws ec2 modify-volume ${R} --volume-id {id} --iops YOUR_IOPS`],
    note: 'The finding says the operations the volume needs; the next change is possible after six hours.',
  },
  'ebs-magnetic-review': {
    title: 'Compare magnetic volumes with gp3',
    change: [],
    why: 'what a magnetic volume costs depends on its requests, which the bill knows: compare first',
  },
};
