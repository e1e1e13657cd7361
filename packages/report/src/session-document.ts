import { Digest, EvidenceId, SessionId } from '@infrafabric/protocol';
import { z } from 'zod';

/** session.json: what the report does not depend on but a reader wants to know; signed by the coordinator. */
export const SessionDocument = z.strictObject({
  format: z.literal('infrafabric.session/1'),
  session_id: SessionId,
  started_at: z.iso.datetime(),
  ended_at: z.iso.datetime(),
  state: z.enum(['DONE', 'DONE_WITH_GAPS']),
  plan: z.strictObject({ maker: z.literal('deterministic'), tasks: z.int().min(0) }),
  /** What the run spent; no model and no paid AWS call is part of this version. */
  spend_usd: z.strictObject({ llm: z.string(), aws: z.string() }),
  report_sha256: Digest,
  /** Evidence too large to travel: cited by hash, recomputed from `verify --inputs`. */
  left_out: z.array(EvidenceId),
});
export type SessionDocument = z.infer<typeof SessionDocument>;

/** proof/manifest.json: every other file of the directory; signed by the coordinator. */
export const ManifestDocument = z.strictObject({
  format: z.literal('infrafabric.manifest/1'),
  session_id: SessionId,
  signed_at_ms: z.int().min(0),
  files: z.array(z.strictObject({ path: z.string().max(300), bytes: z.int().min(0), sha256: Digest })),
});
export type ManifestDocument = z.infer<typeof ManifestDocument>;
