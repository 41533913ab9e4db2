import { apiKeys } from './apiKeys';
import type { Scenario } from './scenario';
import { sshKeys } from './sshKeys';

export const scenarios: Scenario[] = [apiKeys, sshKeys];
