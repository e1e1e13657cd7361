import { CollectError } from '../errors.ts';
import { printableName } from '../estate/file-name.ts';
import type { ExportFile } from './current-files.ts';

/** The billing period a folder is of: `BILLING_PERIOD=2026-10` or `20261001-20261101`; `undefined` for any other folder. */
export function periodOf(folder: string): string | undefined {
  const exported = /^billing_period=(\d{4}-\d{2})$/i.exec(folder)?.[1];
  const [, year, month] = /^(\d{4})(\d{2})\d{2}-\d{8}$/.exec(folder) ?? [];
  return exported ?? (year === undefined ? undefined : `${year}-${month}`);
}

/** The folder of a path that dates a snapshot, such as `2026-10-02T08:11:05.123Z-1f6a...` or `20261002T081105Z`; they sort as text. */
export function snapshotOf(name: string): string | undefined {
  const folder = name
    .split('/')
    .slice(0, -1)
    .findLast((one) => /^\d{4}-?\d{2}-?\d{2}T\d{2}/.test(one));
  return folder?.replaceAll(/[-:_.](?=\d)/g, '');
}

/**
 * The files of the latest snapshot of each billing period, where no manifest says which; files in no snapshot folder stay.
 *
 * @throws CollectError `SNAPSHOT_AMBIGUOUS` when a period has several folders without a date.
 */
export function latestSnapshots(data: readonly ExportFile[], label: string): ExportFile[] {
  const latest = new Map<string, string>();
  const folders = new Map<string, Set<string>>();
  for (const { name } of data) {
    const period = periodFolder(name);
    const snapshot = snapshotOf(name);
    if (snapshot === undefined) addTo(folders, period, name.slice(period.length).split('/').slice(0, -1).join('/'));
    else if (snapshot > (latest.get(period) ?? '')) latest.set(period, snapshot);
  }
  for (const [period, found] of folders) {
    if (period !== '' && found.size > 1) throw ambiguous(period, label);
  }
  return data.filter(({ name }) => (snapshotOf(name) ?? '') === (latest.get(periodFolder(name)) ?? ''));
}

/** The path down to the folder of the billing period; empty when there is none. */
function periodFolder(name: string): string {
  const folders = name.split('/').slice(0, -1);
  const at = folders.findLastIndex((folder) => periodOf(folder) !== undefined);
  return folders.slice(0, at + 1).join('/');
}

function addTo(sets: Map<string, Set<string>>, key: string, value: string): void {
  const set = sets.get(key) ?? new Set();
  set.add(value);
  sets.set(key, set);
}

function ambiguous(period: string, label: string): CollectError {
  return new CollectError('SNAPSHOT_AMBIGUOUS', {
    message: `expected one snapshot of a billing period, got several folders without a date or a manifest in ${printableName(period)}`,
    where: label,
    fix: 'download the manifests (metadata/) too, or leave only one snapshot',
  });
}
