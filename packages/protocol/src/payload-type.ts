/** What a signature is about; the type is inside the signed bytes, so no signature passes for another kind. */
export const PAYLOAD_TYPE = {
  message: 'application/vnd.infrafabric.ifbus.message.v1+json',
  trust: 'application/vnd.infrafabric.trust.v1+json',
  report: 'application/vnd.infrafabric.report.v1+json',
  session: 'application/vnd.infrafabric.session.v1+json',
  manifest: 'application/vnd.infrafabric.manifest.v1+json',
  wake: 'application/vnd.infrafabric.wake.v1+json',
} as const;

/** The payload type of a signed document (a bus message is not one). */
export type DocumentType = Exclude<(typeof PAYLOAD_TYPE)[keyof typeof PAYLOAD_TYPE], typeof PAYLOAD_TYPE.message>;
