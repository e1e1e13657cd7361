import { expect, test } from 'vitest';
import {
  eksLifecycleKey,
  lambdaLifecycleKey,
  openSearchLifecycleKey,
  rdsLifecycleKey,
  redisLifecycleKey,
} from './version.ts';

test.for([
  ['mysql', '8.0.35', 'amazon-rds-mysql/8.0'],
  ['mysql', '8.4', 'amazon-rds-mysql/8.4'],
  ['mysql', '5.7.44-rds.20240408', 'amazon-rds-mysql/5.7'],
  ['mariadb', '10.6.7', 'amazon-rds-mariadb/10.6'],
  ['mariadb', '10.11.4', 'amazon-rds-mariadb/10.11'],
  ['postgres', '9.6.3', 'amazon-rds-postgresql/9.6'],
  ['postgres', '9.5.2', 'amazon-rds-postgresql/9.5'],
  ['postgres', '10.12', 'amazon-rds-postgresql/10'],
  ['postgres', '14', 'amazon-rds-postgresql/14'],
  ['postgres', '11.22-rds.20240418', 'amazon-rds-postgresql/11'],
  ['postgres', 'postgres', undefined],
  ['aurora-postgresql', '11.16', 'amazon-aurora-postgresql/11'],
  ['aurora-mysql', '8.0.mysql_aurora.3.08.2', 'amazon-aurora-mysql/3'],
  ['aurora-mysql', '5.7.mysql_aurora.2.11.2', 'amazon-aurora-mysql/2'],
  ['aurora-mysql', '5.7.12', 'amazon-aurora-mysql/2'],
  ['aurora', '5.6.10a', 'amazon-aurora-mysql/1'],
  ['aurora', '5.6.mysql_aurora.1.22.2', 'amazon-aurora-mysql/1'],
  ['oracle-ee', '19.0.0.0.ru-2022-10.rur-2022-10.r1', undefined],
  ['neptune', '1.0.4.0', undefined],
  ['mysql', '', undefined],
  ['mysql', '8', undefined],
] as const)('%s %s is %s', ([engine, version, key]) => {
  expect(rdsLifecycleKey(engine, version)).toBe(key);
});

test('EKS, Lambda and Redis versions have their keys', () => {
  expect([eksLifecycleKey('1.32'), eksLifecycleKey('1.32.1'), eksLifecycleKey('latest')]).toStrictEqual([
    'amazon-eks/1.32',
    undefined,
    undefined,
  ]);
  expect([lambdaLifecycleKey('nodejs20.x'), lambdaLifecycleKey('Node JS')]).toStrictEqual([
    'aws-lambda/nodejs20.x',
    undefined,
  ]);
  expect([redisLifecycleKey('5.0.6'), redisLifecycleKey('6.x'), redisLifecycleKey('x')]).toStrictEqual([
    'amazon-elasticache-redis/5',
    'amazon-elasticache-redis/6',
    undefined,
  ]);
});

test('an OpenSearch Service version says its engine; a plain one is Elasticsearch', () => {
  expect(['OpenSearch_2.5', 'Elasticsearch_7.10', '7.4', '7'].map(openSearchLifecycleKey)).toStrictEqual([
    'amazon-opensearch/2.5',
    'amazon-elasticsearch/7.10',
    'amazon-elasticsearch/7.4',
    undefined,
  ]);
});
