/** A report directory, wherever it is: paths are relative, with forward slashes. */
export interface ReportFolder {
  /** Every file below the directory, sorted. */
  readonly paths: () => Promise<string[]>;
  readonly read: (path: string) => Promise<Uint8Array>;
}

/** The files of a report by path, before they are written. */
export type ReportFiles = ReadonlyMap<string, Uint8Array>;

/** Where everything stands in a report directory. */
export const PATHS = {
  report: 'report.json',
  session: 'session.json',
  narrative: 'narrative.json',
  manifest: 'proof/manifest.json',
  trust: 'proof/trust.json',
  plan: 'proof/plan.json',
  log: 'proof/log.ndjson',
  checkpoint: 'proof/checkpoint.txt',
  checkpoints: 'proof/checkpoints/',
  messages: 'proof/messages/',
  contents: 'proof/contents/',
  results: 'proof/results/',
  evidence: 'proof/evidence/',
} as const;

/** Files in memory as a folder. */
export function folderOf(files: ReportFiles): ReportFolder {
  return {
    paths: () => Promise.resolve([...files.keys()].sort()),
    read: (path) => {
      const bytes = files.get(path);
      return bytes === undefined ? Promise.reject(new RangeError(`no file ${path}`)) : Promise.resolve(bytes);
    },
  };
}
