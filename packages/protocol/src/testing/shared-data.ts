import { existsSync } from 'node:fs';
import { resolve } from 'node:path';

/** A folder of the test data outside the repository: where it is, and why a test that needs it is skipped; `environment` is the one of the process. */
export function sharedData(
  path: string,
  environment: Readonly<Record<string, string | undefined>>,
): { readonly path: string; readonly missing: boolean; readonly note: string } {
  const root = resolve(import.meta.dirname, '../../../..', environment['INFRAFABRIC_TEST_DATA'] ?? '../shared');
  const found = resolve(root, path);
  const missing = !existsSync(found);
  return { path: found, missing, note: missing ? ` (skipped: no ${path} in INFRAFABRIC_TEST_DATA)` : '' };
}
