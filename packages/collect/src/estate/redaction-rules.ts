/** Replaces every text and number under a pointer. `operations` are `<client>.<Operation>`, with `*` for any. */
export interface PointerRule {
  readonly kind: 'pointer';
  readonly id: string;
  readonly operations: readonly string[];
  /** How the JSON Pointers end, at any depth; `*` is any one member or index, the last token is a name. */
  readonly pointers: readonly string[];
}

/** Replaces a text that goes by a telling name, `{"Password": "x"}` or `{"Key": "DB_PASSWORD", "Value": "x"}`, unless it is an ARN or a boolean. */
interface NameRule {
  readonly kind: 'name';
  readonly id: string;
  readonly names: RegExp;
}

/** Replaces the part of any text that has the form of a secret. Matching takes time linear in the text. */
interface ValueRule {
  readonly kind: 'value';
  readonly id: string;
  readonly pattern: RegExp;
}

/** One printed rule of what never enters evidence; what it replaces becomes `[redacted:<id>]`. */
export type RedactionRule = PointerRule | NameRule | ValueRule;

/** The whole list, in the order in which it is applied. AWS shapes: botocore service models, 2026-11-20. */
export const REDACTION_RULES: readonly RedactionRule[] = [
  {
    kind: 'pointer',
    id: 'environment',
    operations: ['*'],
    pointers: [
      '/Environment/Variables',
      '/containerDefinitions/*/environment/*/value',
      '/containerProperties/environment/*/value',
      '/environment/environmentVariables/*/value',
      '/RuntimeEnvironmentVariables',
      '/Containers/*/Environment',
      '/PrimaryContainer/Environment',
    ],
  },
  {
    kind: 'pointer',
    id: 'code-location',
    operations: ['lambda.*'],
    pointers: ['/Code/Location', '/Content/Location'],
  },
  { kind: 'pointer', id: 'user-data', operations: ['*'], pointers: ['/UserData', '/userData'] },
  {
    kind: 'pointer',
    id: 'stored-value',
    operations: ['ssm.GetParameter', 'ssm.GetParameters', 'ssm.GetParametersByPath', 'ssm.GetParameterHistory'],
    pointers: ['/Value'],
  },
  {
    kind: 'pointer',
    id: 'stored-value',
    operations: ['api-gateway.GetApiKey', 'api-gateway.GetApiKeys'],
    pointers: ['/value'],
  },
  {
    kind: 'pointer',
    id: 'stored-value',
    operations: ['*'],
    pointers: ['/SecretString', '/SecretBinary', '/KeyMaterial'],
  },
  {
    kind: 'name',
    id: 'named-secret',
    names:
      /(?:password|passwd|passphrase|(?:secret|secret[-_]?access|private|api)[-_]?key|(?:session|security|auth|authorization|access|refresh|api|bearer)[-_]?token|client[-_]?secret|(?:^|[-_.:/ ])(?:pwd|secret|authorization))$/i,
  },
  {
    kind: 'value',
    id: 'presigned-url',
    pattern:
      /\?[^\s"'<>?]{0,8192}X-Amz-(?:Signature|Security-Token|Credential)(?:=|%3D)[^\s"'<>]*|X-Amz-(?:Signature|Security-Token|Credential)(?:=|%3D)[^\s"'<>&]*/,
  },
  {
    kind: 'value',
    id: 'private-key',
    pattern: /-----BEGIN[A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----[^"<>{}]*/,
  },
  {
    kind: 'value',
    id: 'private-key',
    pattern:
      /LS0tLS1CRUdJTi[A-Za-z0-9+/]{0,24}(?:UFJJVkFURSBLRVkt|BSSVZBVEUgS0VZL|QUklWQVRFIEtFWS0)[A-Za-z0-9+/=\r\n]*/,
  },
  {
    kind: 'value',
    id: 'authorization-header',
    pattern:
      /[Aa]uthorization["']?[ \t]{0,4}[:=][ \t]{0,4}["']?(?:[A-Za-z0-9-]{1,32}[ \t]{1,4})?[^\s"']{4,}|AWS4-HMAC-SHA256 Credential=[^\r\n"']*|(?<![A-Za-z0-9])[Bb]earer[ \t]{1,4}[A-Za-z0-9._~+/-]{16,}=*|[Xx]-[Aa]mz-[Ss]ecurity-[Tt]oken["']?[ \t]{0,4}:[ \t]{0,4}["']?[^\s"']+/,
  },
  {
    kind: 'value',
    id: 'connection-password',
    pattern: /(?<=:\/\/[^\s:@/]{0,128}:)(?!\[redacted:)[^\s@/]{1,256}(?=@)/,
  },
  {
    kind: 'value',
    id: 'assigned-secret',
    pattern:
      /(?:[Pp]assword|PASSWORD|[Pp]asswd|PASSWD|[Pp]wd|PWD|[Ss]ecret_?(?:[Aa]ccess_?)?[Kk]ey|SECRET_?(?:ACCESS_?)?KEY|[Ss]ession_?[Tt]oken|SESSION_?TOKEN|[Aa]pi_?[Kk]ey|API_?KEY|[Cc]lient_?[Ss]ecret|CLIENT_?SECRET|[Aa]ccess_?[Tt]oken|ACCESS_?TOKEN)\\?["']?[ \t]{0,4}[:=][ \t]{0,4}\\?["']?[^\s"'\\;,&<>{}()[\]]{3,}/,
  },
  {
    kind: 'value',
    id: 'aws-access-key',
    pattern:
      /(?<![A-Za-z0-9])(?:AKIA|ASIA|ABIA|ACCA)[A-Z0-9]{16}(?![A-Za-z0-9])(?:[:,;][ \t]?[A-Za-z0-9/+]{40}(?![A-Za-z0-9/+]))?/,
  },
  {
    kind: 'value',
    id: 'aws-secret-key',
    pattern:
      /(?<![A-Za-z0-9/+=:_.-])(?=[A-Za-z0-9/+]{0,39}[A-Z])(?=[A-Za-z0-9/+]{0,39}[a-z])(?=[A-Za-z0-9/+]{0,39}[0-9])[A-Za-z0-9/+]{40}(?![A-Za-z0-9/+=_-])/,
  },
  { kind: 'value', id: 'aws-bedrock-key', pattern: /ABSK[A-Za-z0-9+/]{60,}={0,2}|bedrock-api-key-[A-Za-z0-9+/=]{20,}/ },
  {
    kind: 'value',
    id: 'github-token',
    pattern: /(?<![A-Za-z0-9])(?:gh[pousr]_[A-Za-z0-9]{36,255}|github_pat_[A-Za-z0-9_]{22,255})/,
  },
  { kind: 'value', id: 'gitlab-token', pattern: /(?<![A-Za-z0-9])glpat-[A-Za-z0-9_-]{20,}/ },
  {
    kind: 'value',
    id: 'slack-token',
    pattern:
      /(?<![A-Za-z0-9])(?:xox[abeoprs](?:\.xox[bp])?-[A-Za-z0-9-]{10,}|xapp-[0-9]-[A-Za-z0-9-]{10,})|hooks\.slack\.com\/(?:services|workflows|triggers)\/[A-Za-z0-9/+]{20,}/,
  },
  {
    kind: 'value',
    id: 'stripe-key',
    pattern: /(?<![A-Za-z0-9])(?:[rs]k_(?:live|test|prod)_[A-Za-z0-9]{10,}|whsec_[A-Za-z0-9+/]{20,}={0,2})/,
  },
  {
    kind: 'value',
    id: 'model-key',
    pattern: /(?<![A-Za-z0-9_-])sk-(?:(?:ant|proj|svcacct)-[A-Za-z0-9_-]{20,}|[A-Za-z0-9]{40,})/,
  },
  { kind: 'value', id: 'google-key', pattern: /(?<![A-Za-z0-9_-])AIza[A-Za-z0-9_-]{35}(?![A-Za-z0-9_-])/ },
  { kind: 'value', id: 'npm-token', pattern: /(?<![A-Za-z0-9])npm_[A-Za-z0-9]{36}(?![A-Za-z0-9])/ },
  {
    kind: 'value',
    id: 'json-web-token',
    pattern: /(?<![A-Za-z0-9_-])eyJ[A-Za-z0-9_-]{8,}\.eyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{8,}/,
  },
];
