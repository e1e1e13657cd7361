import { closeSync, fdatasync, fdatasyncSync, openSync } from 'node:fs';

/** Where committed changes must arrive before they are acknowledged. */
export interface Disk {
  /** Resolves when everything that was committed before the call survives a loss of power. */
  readonly sync: () => Promise<void>;
  /** The same, before it returns. */
  readonly syncNow: () => void;
  /** Lets the file go, after the syncs that are under way. */
  readonly close: () => void;
}

/**
 * The write-ahead log of a SQLite file. `fdatasync` works on the file, not on the handle, so it carries what SQLite wrote through
 * its own; and it runs beside the event loop, which SQLite's own `fsync` would hold up.
 *
 * @throws what `openSync` throws when the log is not there.
 */
export function logOnDisk(path: string): Disk {
  const handle = openSync(path, 'r+');
  let underWay = 0;
  let closed = false;
  const close = (): void => {
    closed = true;
    if (underWay === 0) closeSync(handle);
  };
  return {
    sync() {
      underWay += 1;
      return new Promise((resolve, reject) => {
        fdatasync(handle, (error) => {
          underWay -= 1;
          if (closed) close();
          if (error === null) resolve();
          else reject(error);
        });
      });
    },
    syncNow: () => fdatasyncSync(handle),
    close,
  };
}
