import { spawnSync } from 'node:child_process';

/** Why tests in containers are not run, or an empty text where a Docker daemon answers. */
export const NO_DOCKER =
  spawnSync('docker', ['info'], { stdio: 'ignore', timeout: 10_000 }).status === 0
    ? ''
    : ' (not run: no Docker daemon answers)';
