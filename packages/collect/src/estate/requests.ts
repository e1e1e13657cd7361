import { type FailedRequest, isFailureCode } from '@infrafabric/finops';
import { type JsonObject, isJsonObject } from '@infrafabric/protocol';
import { isDenial } from '../live/aws-failure.ts';
import { errorCodeOf } from './answer.ts';
import { type Place, answerName, folderPlace } from './file-name.ts';
import { type LinesRead, lineShape, readLines } from './lines.ts';
import { redactJson } from './redaction.ts';

/**
 * Reads `requests.ndjson`: a line with an `error_code` is a call that failed; lines of calls that succeeded say nothing new.
 *
 * Where a call was made: the folder of the file, else the folders in the line's `file`, else its `account` and `region`,
 * else the region `unknown`.
 * @throws CollectError as `readLines`, and `INPUT_LINE_SHAPE` for a failed call without client and operation.
 */
export function readRequests(
  bytes: Uint8Array,
  file: { readonly name: string; readonly place: Place; readonly maxDepth: number },
): LinesRead & { readonly failed: readonly FailedRequest[]; readonly asked: readonly AskedFile[] } {
  const failed: FailedRequest[] = [];
  const asked: AskedFile[] = [];
  const lines = readLines(bytes, { ...file, linesBefore: 0 }, (line, where) => {
    if (typeof line['error_code'] === 'string' && line['error_code'] !== '') {
      failed.push(failedRequest(line, file.place, where));
    }
    const { value, redactions } = redactJson(line, 'requests');
    asked.push(...askedFile(value, file.name));
    return redactions === 0 ? { redactions } : { redactions, redacted: value };
  });
  return { ...lines, failed, asked };
}

/** What was asked for a file of the estate; `names` are the paths the line may mean, the likeliest first. */
export interface AskedFile {
  readonly names: readonly string[];
  readonly input: JsonObject;
}

/** A line names its file from the root of the estate, or from its own folder when the directory is only a part of one. */
function askedFile({ file, input }: JsonObject, requestsName: string): AskedFile[] {
  if (typeof file !== 'string' || !isJsonObject(input) || Object.keys(input).length === 0) return [];
  const folder = requestsName.slice(0, requestsName.lastIndexOf('/') + 1);
  return [{ names: [file, `${folder}${file}`, `${folder}${file.slice(file.lastIndexOf('/') + 1)}`], input }];
}

function failedRequest(line: JsonObject, folder: Place, where: string): FailedRequest {
  const { client, operation } = line;
  const isNamed = typeof client === 'string' && typeof operation === 'string';
  const name = isNamed ? answerName(`${client}.${operation}.json`) : undefined;
  if (name === undefined) throw lineShape(where, 'expected a failed call to name its client and its operation');
  const { account, region } = placeOf(line, folder);
  const error_code = errorCodeOf(line['error_code']);
  return {
    ...(account === undefined ? {} : { account }),
    region: region ?? 'unknown',
    ...name,
    error_code,
    ...deniedOf(line, error_code, name),
    ...(isFailureCode(line['code']) ? { code: line['code'] } : {}),
  };
}

/** The actions a denied call takes; where nobody wrote them down, the operation stands for them. */
export function deniedOf(
  { denied }: JsonObject,
  error_code: string,
  { client, operation }: { readonly client: string; readonly operation: string },
): Pick<FailedRequest, 'denied'> {
  const actions = (Array.isArray(denied) ? denied : []).filter((one) => typeof one === 'string' && ACTION.test(one));
  if (actions.length > 0) return { denied: actions.map(String) };
  return isDenial(error_code) ? { denied: [`${client}.${operation}`] } : {};
}

const ACTION = /^[a-z0-9-]{1,40}:[A-Za-z]{1,80}$/;

function placeOf(line: JsonObject, folder: Place): Place {
  const folders = typeof line['file'] === 'string' ? line['file'].split('/').slice(0, -1) : [];
  const said = [line['account'], line['region']].filter((one) => typeof one === 'string');
  return [folders, said]
    .map((names) => names.reduce<Place>((place, name) => ({ ...place, ...folderPlace(place, name) }), {}))
    .reduce((place, next) => ({ ...next, ...place }), folder);
}
