/**
 * Whether an operation, `<client>.<Operation>`, is a read by its name: Describe, List or Get. There are no exceptions.
 *
 * Reads that hand out secrets, credentials or the content of objects are no reads of ours, whatever their name.
 */
export function isReadName(id: string): boolean {
  const operation = id.slice(id.indexOf('.') + 1);
  return /^[a-z0-9-]+\.(?:Describe|List|Get)[A-Z][A-Za-z0-9]*$/.test(id) && !HANDS_OUT.test(operation);
}

/** Operations that answer with a secret, a credential or stored content. Names: AWS service models of 2026-11-20. */
const HANDS_OUT =
  /^Get(?:SecretValue|Parameter.*|Password.*|.*Credentials.*|.*Token|.*Password|Object(?:Torrent)?|Random.*|PublicKey|.*AccessKey.*|ConsoleScreenshot|DataKey.*|Item|Records|LogEvents|QueryResults|Function|LayerVersion)$|^DescribeInstanceAttribute$/;
