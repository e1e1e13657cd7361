import { openCrew } from './crew.ts';
import { examine } from './examine.ts';
import { endedWrong, type Fire, type Outcome } from './scenario.ts';
import { analysisArgs, openScene } from './scene.ts';

/**
 * AWS throttles a large share of all requests in gusts: of one process that does everything, or of a crew. The SDK's retries
 * and those above them carry the session to its end.
 */
export async function runStorm(who: 'one' | 'crew', { random, expected }: Fire): Promise<Outcome> {
  const rate = (0.4 + random() * 0.3).toFixed(2);
  const storm = `${rate}:${Math.floor(random() * 1e9)}:${200 + Math.floor(random() * 400)}/${400 + Math.floor(random() * 1_200)}`;
  const scene = openScene({ FIRE_STORM: storm });
  const crew = who === 'crew' ? await openCrew(scene) : undefined;
  try {
    const child = scene.start(analysisArgs(scene, 'out', ...(crew === undefined ? [] : ['--external'])));
    const status = await child.ended;
    await crew?.end();
    const failed = status === 0 ? [] : [endedWrong(`analyze in a storm ${storm}`, status, child.lines)];
    return scene.outcome([...failed, ...(await examine(scene, { report: expected.report, attempts: 7 }))]);
  } finally {
    await crew?.end();
    scene.remove();
  }
}
