import type { Config } from './config/config.ts';
import { openFabric } from './fabric.ts';

/** One thing that was checked. */
export interface Check {
  readonly name: string;
  readonly ok: boolean;
  readonly detail: string;
  readonly fix?: string;
}

/** Oldest Node an installed package runs on: node:sqlite without a flag (Node 22.13 release notes, 2025-01). */
const MIN_NODE = [22, 13] as const;

/** Checks this machine the way an analysis would use it. Never throws: a failed check says what to do. */
export async function diagnose(config: Config): Promise<Check[]> {
  const node = nodeCheck(process.versions.node);
  if (!node.ok) return [node];
  try {
    const fabric = await openFabric(config);
    try {
      return [
        node,
        { name: 'data folder', ok: true, detail: config.home },
        { name: 'keys', ok: true, detail: `root ${fabric.keys.rootKeyId}, trust version ${fabric.keys.trust.version}` },
        await stateCheck(fabric.state.sessions()),
        await evidenceCheck(fabric.evidence),
      ];
    } finally {
      await fabric.close();
    }
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error);
    return [
      node,
      {
        name: config.mode === 'embedded' ? 'embedded AWS' : 'AWS',
        ok: false,
        detail,
        fix: 'see the message; INFRAFABRIC_HOME chooses another data folder',
      },
    ];
  }
}

function nodeCheck(version: string): Check {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const ok = major > MIN_NODE[0] || (major === MIN_NODE[0] && minor >= MIN_NODE[1]);
  return { name: 'Node', ok, detail: version, fix: `install Node ${MIN_NODE.join('.')} or later` };
}

async function stateCheck(listing: Promise<readonly unknown[]>): Promise<Check> {
  return { name: 'state (DynamoDB)', ok: true, detail: `${(await listing).length} sessions` };
}

async function evidenceCheck(evidence: {
  put: (bytes: Uint8Array) => Promise<{ id: string }>;
  get: (id: string) => Promise<Uint8Array>;
}): Promise<Check> {
  const { id } = await evidence.put(new TextEncoder().encode('infrafabric doctor'));
  const bytes = await evidence.get(id);
  return { name: 'evidence (S3)', ok: bytes.length === 18, detail: `wrote and read ${id}` };
}
