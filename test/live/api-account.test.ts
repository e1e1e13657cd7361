import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { eventually } from '../walk/installation.ts';
import { json, type Served, served } from '../walk/served.ts';
import { fillRegion, MAIN_ACCOUNT } from './fill-account.ts';
import { type Moto, NO_MOTO, startMoto } from './moto.ts';

let moto: Moto;
let api: Served;

beforeAll(async () => {
  if (NO_MOTO !== '') return;
  moto = await startMoto();
  await fillRegion(moto.url, 'eu-west-1');
  vi.stubEnv('AWS_ENDPOINT_URL', moto.url);
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'reader');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'reader');
  api = await served();
}, 180_000);

afterAll(async () => {
  if (NO_MOTO !== '') return;
  vi.unstubAllEnvs();
  await api.close();
  moto.stop();
});

const read = async (path: string): Promise<ReturnType<typeof JSON.parse>> => (await api.ask(path)).json();

test.skipIf(NO_MOTO !== '')(
  `an account is tried, collected as a job and answered for over the API${NO_MOTO}`,
  async () => {
    const tried = await (await api.ask('/v1/aws/test-connection', json({ region: 'eu-west-1' }))).json();
    const started = await api.ask('/v1/aws/collect', json({ regions: ['eu-west-1'], days: 1 }));
    const location = started.headers.get('location') ?? '';
    const job = await eventually(async () => {
      const seen = await read(location);
      return seen.state.startsWith('DONE') ? seen : undefined;
    });
    const opportunities = await read(`/v1/aws/opportunities?session=${job.job_id}`);

    expect(Reflect.get(Object(tried), 'checks')).toContainEqual({
      name: 'ec2.DescribeVolumes (eu-west-1)',
      ok: true,
      detail: 'allowed',
    });
    expect([started.status, location]).toStrictEqual([202, `/v1/aws/jobs/${job.job_id}`]);
    expect(opportunities.session_id).toBe(job.job_id);
    expect(opportunities.opportunities).toContainEqual(
      expect.objectContaining({
        rule: 'network-idle-elastic-ip',
        resource: expect.objectContaining({ account: MAIN_ACCOUNT, region: 'eu-west-1', type: 'ElasticIp' }),
      }),
    );
  },
);
