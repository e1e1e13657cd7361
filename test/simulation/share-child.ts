import { runShare, type Share } from './simulate.ts';

/** Runs a share of seeds for the process that started this one, and sends what each came to. */
const share = JSON.parse(process.argv[2] ?? '{}') as Share;
await runShare(share, (report) => void process.send?.(report));
process.disconnect();
