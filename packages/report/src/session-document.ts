import { Digest, EvidenceId, SessionId } from '@infrafabric/protocol';
import { z } from 'zod';

/** session.json: what the report does not depend on but a reader wants to know; signed by the coordinator. */
export const SessionDocument = z.strictObject({
  format: z.literal('infrafabric.session/1'),
  session_id: SessionId,
  started_at: z.iso.datetime(),
  ended_at: z.iso.datetime(),
  state: z.enum(['DONE', 'DONE_WITH_GAPS']),
  /** `model` when a model chose which of the known questions was asked; tasks are always planned by rule. */
  plan: z.strictObject({ maker: z.enum(['deterministic', 'model']), tasks: z.int().min(0) }),
  /** What the run spent: on a model by the dated table of prices, on AWS reads that are charged for. */
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
