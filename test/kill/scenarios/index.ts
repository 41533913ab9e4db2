import { apiKeysInPam360, apiKeysInSenhasegura } from './apiKeys';
import { ownCredential } from './ownCredential';
import type { Scenario } from './scenario';
import { sshKeys } from './sshKeys';

export const scenarios: Scenario[] = [
	apiKeysInPam360,
	apiKeysInSenhasegura,
	ownCredential,
	sshKeys,
];
