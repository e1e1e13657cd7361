import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A data folder and an estate, in a temporary folder. */
export interface Place {
  readonly home: string;
  readonly estate: string;
  readonly asOf: string;
  readonly out: (name: string) => string;
  readonly remove: () => void;
}

const REGIONS = ['eu-central-1', 'eu-west-1', 'us-east-1', 'us-east-2', 'us-west-2'];

const EMPTY_ANSWERS = {
  'ec2.DescribeVolumes': { Volumes: [] },
  'lambda.ListFunctions': { Functions: [] },
  'rds.DescribeDBInstances': { DBInstances: [] },
  'dynamodb.ListTables': { TableNames: [] },
};

/** An estate of 5 accounts, 5 regions and 4 clients in which nothing is: its collection is 100 tasks, and nothing follows from it. */
export function hundredTasks(): Place {
  const folder = mkdtempSync(join(tmpdir(), 'infrafabric-recovery-'));
  const estate = join(folder, 'estate');
  for (let account = 1; account <= 5; account += 1) {
    for (const region of REGIONS) {
      const place = join(estate, String(account).repeat(12), region);
      mkdirSync(place, { recursive: true });
      for (const [name, answer] of Object.entries(EMPTY_ANSWERS)) {
        writeFileSync(join(place, `${name}.json`), JSON.stringify(answer));
      }
    }
  }
  return {
    home: join(folder, 'home'),
    estate,
    asOf: '2026-11-20',
    out: (name) => join(folder, name),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
