import { createHash, timingSafeEqual } from 'node:crypto';
import { askToCancel } from '@infrafabric/agents';
import { isSessionOver } from '@infrafabric/protocol';
import { API_SCOPES, type ApiCaller } from '../api-keys.ts';
import { overAlready } from '../cancel-session.ts';
import type { Config } from '../config/config.ts';
import { hostedLetters } from '../dead-letters/hosted-letters.ts';
import { RuntimeError } from '../errors.ts';
import type { Fabric } from '../fabric.ts';
import { openEventLogs } from '../host/event-log.ts';
import type { SessionHost } from '../host/session-host.ts';
import { starterOf } from '../host/start-session.ts';
import { openUploads } from '../host/uploads.ts';
import { lineOf } from '../session-line.ts';
import { findSession, sessionWithTasks } from '../sessions.ts';
import { openSessionGauges } from '../telemetry/gauges.ts';
import { type FunctionEnvironment, openDeployment } from './open-deployment.ts';
import { savedReports } from './saved-reports.ts';

/** A host without agents, and the settings of its door. */
export interface DeployedHost extends SessionHost {
  readonly config: Config;
}

/** An answer to a function URL ends with its invocation: a stream of events is cut here, and its reader comes back. */
const FOLLOW_MS = 20_000;

/**
 * Opens the way of the API to a deployment. It holds no key and runs nothing: what it starts is taken up by the sweeper, and
 * what others ended it reads.
 */
export async function openDeployedHost(environment: FunctionEnvironment = process.env): Promise<DeployedHost> {
  const { fabric } = await openDeployment(undefined, environment);
  const { config, state, clock } = fabric;
  const never = new AbortController().signal;
  const local = openUploads(fabric.home, 0, () => clock.nowMs());
  const uploads = { ...local, keep: async () => refuseUpload(fabric) };
  const { follow } = openEventLogs(fabric, never);
  return {
    config,
    admit: admitterOf(config),
    start: starterOf(fabric, uploads, never),
    uploads,
    deadLetters: hostedLetters(fabric),
    reports: savedReports(fabric),
    follow: async (id, { after, signal }) =>
      follow(id, { after, signal: AbortSignal.any([signal, AbortSignal.timeout(FOLLOW_MS)]) }),
    gauges: () => openSessionGauges(fabric),
    list: async () => (await state.sessions()).map(lineOf),
    show: (id) => sessionWithTasks(fabric, id),
    cancel: async (id) => {
      // Without a key nothing is ended here: the next pass of the coordinator does, within seconds.
      const session = await findSession(fabric, id);
      const asked = await askToCancel(fabric, session);
      return asked === undefined ? overAlready(fabric, session) : { state: asked.state, changed: true };
    },
    resume: async (id) => {
      // The sweeper looks after every session that is not over.
      const session = await findSession(fabric, id);
      return { state: session.state, changed: !isSessionOver(session.state) };
    },
    testConnection: async () => [],
    forgetCost: async () => 0,
  };
}

/** Admits who shows the token of the deployment; its hash is compared, in constant time. Without one nobody is let in. */
function admitterOf({ apiTokenSha256 }: Config): (token: string) => ApiCaller | undefined {
  const expected = Buffer.from(apiTokenSha256, 'hex');
  return (token) => {
    const shown = createHash('sha256').update(token).digest();
    const isKnown = expected.length === shown.length && timingSafeEqual(shown, expected);
    return isKnown ? { name: 'deployment', scopes: API_SCOPES } : undefined;
  };
}

function refuseUpload({ addresses, config }: Fabric): never {
  throw new RuntimeError('UPLOAD_QUOTA', {
    message: 'a deployment keeps no uploads',
    fix: `put the file into s3://${addresses.bucketName}/t/${config.tenant}/inputs/ and name it as an object`,
  });
}
