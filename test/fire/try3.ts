import { runDiskFull } from './disk.ts';
import { expectedReports } from './expected.ts';
import { seededChance } from '@infrafabric/finops/testing';
const expected = await expectedReports();
const [, , ...rest] = process.argv;
const random = seededChance(Number(process.env['S'] ?? 1));
for (const one of rest) {
console.time(one);
console.log(one, JSON.stringify(await runDiskFull(one as any, { random, expected }), undefined, 1));
console.timeEnd(one);
}
