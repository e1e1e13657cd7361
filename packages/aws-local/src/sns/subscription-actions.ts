import { randomUUID } from 'node:crypto';
import { notImplemented } from '../engine/fault.ts';
import { ACCOUNT } from '../engine/identity.ts';
import { redriveTarget } from '../sqs/queue-attributes.ts';
import { xmlElement } from '../wire/xml.ts';
import { invalidParameter } from './faults.ts';
import { parseFilterPolicy } from './filter-policy.ts';
import type { SnsState, SnsWork } from './state.ts';
import { COMMON_PARAMETERS } from '../wire/query.ts';
import type { Subscription } from './subscription.ts';
import { PAGE_SIZE, attributesXml } from './topic-actions.ts';

/** Subscribe, Unsubscribe, Get- and SetSubscriptionAttributes, ListSubscriptionsByTopic. */
export function subscriptionActions(state: SnsState): Readonly<Record<string, SnsWork>> {
  const { topics, subscriptions } = state;
  return {
    Subscribe: (form) => {
      form.allowOnly([...COMMON_PARAMETERS, 'TopicArn', 'Protocol', 'Endpoint', 'Attributes', 'ReturnSubscriptionArn']);
      const topic = topics.existing(form.required('TopicArn'));
      const protocol = form.required('Protocol');
      if (protocol !== 'sqs') throw notImplemented(`the subscription protocol ${protocol}`);
      const arn = subscribe(state, topic.arn, form.required('Endpoint'), form.map('Attributes'));
      return xmlElement('SubscriptionArn', arn);
    },
    Unsubscribe: (form) => {
      form.allowOnly([...COMMON_PARAMETERS, 'SubscriptionArn']);
      subscriptions.delete(form.required('SubscriptionArn'));
      return '';
    },
    GetSubscriptionAttributes: (form) => {
      form.allowOnly([...COMMON_PARAMETERS, 'SubscriptionArn']);
      return attributesXml(attributesOf(subscriptions.existing(form.required('SubscriptionArn'))));
    },
    SetSubscriptionAttributes: (form) => {
      form.allowOnly([...COMMON_PARAMETERS, 'SubscriptionArn', 'AttributeName', 'AttributeValue']);
      const subscription = subscriptions.existing(form.required('SubscriptionArn'));
      const name = form.required('AttributeName');
      const value = form.optional('AttributeValue') ?? '';
      const { [name]: _, ...others } = subscription.attributes;
      if (value !== '') checkAttribute(name, value);
      subscriptions.change(subscription, value === '' ? others : { ...others, [name]: value });
      return '';
    },
    ListSubscriptionsByTopic: (form) => {
      form.allowOnly([...COMMON_PARAMETERS, 'TopicArn', 'NextToken']);
      const all = subscriptions.of(topics.existing(form.required('TopicArn')).arn);
      const from = Number(form.optional('NextToken') ?? '0');
      const shown = all.slice(from, from + PAGE_SIZE);
      const next = from + PAGE_SIZE < all.length ? xmlElement('NextToken', from + PAGE_SIZE) : '';
      return `<Subscriptions>${shown.map(memberXml).join('')}</Subscriptions>${next}`;
    },
  };
}

function subscribe(
  { subscriptions, sqs }: SnsState,
  topic: string,
  endpoint: string,
  attributes: Readonly<Record<string, string>>,
): string {
  if (sqs.find(endpoint) === undefined) throw invalidParameter('Endpoint Reason: the queue does not exist');
  for (const [name, value] of Object.entries(attributes)) checkAttribute(name, value);
  const existing = subscriptions.of(topic).find((subscription) => subscription.endpoint === endpoint);
  if (existing === undefined) {
    const arn = `${topic}:${randomUUID()}`;
    subscriptions.add({ arn, topic, endpoint, attributes });
    return arn;
  }
  if (Object.entries(attributes).some(([name, value]) => existing.attributes[name] !== value)) {
    throw invalidParameter('Attributes Reason: Subscription already exists with different attributes');
  }
  return existing.arn;
}

function checkAttribute(name: string, value: string): void {
  if (name === 'FilterPolicy') {
    parseFilterPolicy(value);
  } else if (name === 'RawMessageDelivery') {
    if (value !== 'true' && value !== 'false') throw invalidParameter('Attributes Reason: RawMessageDelivery');
  } else if (name === 'FilterPolicyScope') {
    if (value !== 'MessageAttributes') throw notImplemented(`the FilterPolicyScope ${value}`);
  } else if (name === 'RedrivePolicy') {
    checkRedrivePolicy(value);
  } else {
    throw notImplemented(`the subscription attribute ${name}`);
  }
}

/** A delivery here cannot fail half-way, so the policy is only kept; it must still be one that AWS accepts. */
function checkRedrivePolicy(value: string): void {
  try {
    redriveTarget(value.replace(/}\s*$/, ',"maxReceiveCount":1}'));
  } catch {
    throw invalidParameter('RedrivePolicy: expected a JSON object with deadLetterTargetArn');
  }
}

function attributesOf(subscription: Subscription): Record<string, string> {
  return {
    SubscriptionArn: subscription.arn,
    TopicArn: subscription.topic,
    Owner: ACCOUNT,
    Protocol: 'sqs',
    Endpoint: subscription.endpoint,
    PendingConfirmation: 'false',
    RawMessageDelivery: 'false',
    ...subscription.attributes,
  };
}

function memberXml(subscription: Subscription): string {
  const fields = {
    SubscriptionArn: subscription.arn,
    Owner: ACCOUNT,
    Protocol: 'sqs',
    Endpoint: subscription.endpoint,
    TopicArn: subscription.topic,
  };
  return `<member>${Object.entries(fields)
    .map(([name, value]) => xmlElement(name, value))
    .join('')}</member>`;
}
