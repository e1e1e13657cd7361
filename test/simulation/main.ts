import { runSeed } from './run-seed.ts';
const [from = 1, to = 5] = (process.argv[2] ?? '1-5').split('-').map(Number);
for (let seed = from; seed <= to; seed += 1) {
  const t = performance.now();
  const run = await runSeed(seed, process.argv[3] ? { intensity: Number(process.argv[3]) as 0 } : {});
  console.log(seed, run.sessions.map((s) => `${s.state} ${s.code ?? ''}`).join(), run.tasks, run.gaps, run.events, run.history.length, `${(performance.now() - t).toFixed(0)} ms`, run.history.at(-1)!.at_ms - run.history[0]!.at_ms, run.unexpected.slice(0, 2));
}
