import { randomUUID } from 'node:crypto';
import { AwsFault } from '../engine/fault.ts';
import { Form } from './form.ts';
import type { Answer, WireResponse } from './message.ts';
import { xmlElement } from './xml.ts';

/** One operation of a query service: it answers the XML inside its result element. */
export interface QueryAction {
  readonly namespace: string;
  run(form: Form): Promise<string>;
}

/** The operations of the query services by name: SNS and STS share no name. */
export type QueryActions = Readonly<Record<string, QueryAction>>;

/** The parameters every form has; no action needs to know them. */
export const COMMON_PARAMETERS: readonly string[] = ['Action', 'Version'];

/** Answers AWS query requests: a form with an `Action`, answered in XML. */
export function queryProtocol(actions: QueryActions): Answer {
  return async (request) => {
    try {
      const form = Form.of(request.body);
      const name = form.optional('Action') ?? '';
      const action = Object.hasOwn(actions, name) ? actions[name] : undefined;
      if (action === undefined) throw new AwsFault('InvalidAction', `aws-local does not emulate the action ${name}`);
      return xmlResponse(200, envelope(name, action.namespace, await action.run(form)));
    } catch (error) {
      if (error instanceof AwsFault) return queryFault(error);
      throw error;
    }
  };
}

/** A fault in the shape of the query protocol. */
export function queryFault(fault: AwsFault): WireResponse {
  const error = xmlElement('Type', 'Sender') + xmlElement('Code', fault.code) + xmlElement('Message', fault.message);
  return xmlResponse(
    fault.status,
    `<ErrorResponse><Error>${error}</Error>${xmlElement('RequestId', randomUUID())}</ErrorResponse>`,
  );
}

function envelope(action: string, namespace: string, result: string): string {
  const metadata = `<ResponseMetadata>${xmlElement('RequestId', randomUUID())}</ResponseMetadata>`;
  return `<${action}Response xmlns="${namespace}"><${action}Result>${result}</${action}Result>${metadata}</${action}Response>`;
}

function xmlResponse(status: number, xml: string): WireResponse {
  return { status, headers: { 'content-type': 'text/xml' }, body: Buffer.from(xml) };
}
