import { writeFileSync } from 'node:fs';

/* Preloaded into a measured process: writes what it used to a file of its own when it exits. */
const file = process.env['BENCH_USAGE'];
if (file !== undefined) {
  process.on('exit', () => {
    const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
    writeFileSync(`${file}.${process.pid}`, JSON.stringify({ userCPUTime, systemCPUTime, maxRSS }));
  });
}
