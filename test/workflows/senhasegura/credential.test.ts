import type { IDataObject } from 'n8n-workflow';
import { describeOperation } from '../kit/operation';
import { kit, refusal, success } from './kit';
import {
	PASSWORD,
	byId,
	byName,
	list,
	listed,
	many,
	read,
	record,
	references,
	release,
} from './credentialSamples';

const item = {
	vendor: 'senhasegura',
	type: 'credential',
	id: '5',
	secret: PASSWORD,
	identifier: 'robot-test-5',
	username: 'credential_5',
	hostname: 'destktop-91.com',
	ip: '172.10.10.90',
	port: '22',
	domain: null,
	additional: 'CREDADD01',
	parentCredentialId: null,
	availableUntil: null,
	availableUntilServerTime: '2021-01-16T17:31:39',
	custodyReleased: false,
};

describeOperation(kit, 'credential', 'get', {
	secrets: [PASSWORD],
	cases: [
		{
			name: 'gives the password as its secret, and keeps custody',
			parameters: byId,
			exchanges: [read()],
			items: item,
		},
		{
			name: 'releases custody right after, by the ID that the answer has',
			parameters: { ...byName('credential_5@destktop-91.com'), releaseCustody: true },
			exchanges: [
				{ ...read(), path: '/api/pam/credential/credential_5%40destktop-91.com' },
				release,
			],
			items: { ...item, custodyReleased: true },
			raw: success('Credential 5', { credential: record }) as IDataObject,
		},
		{
			name: 'understands older versions: tag, a number for an ID, content alone',
			parameters: byName('robot.test-5'),
			exchanges: [
				{
					...read(),
					path: '/api/pam/credential/robot.test-5',
					reply: {
						response: { status: 200, mensagem: 'Credencial 5', erro: false },
						credential: {
							id: 5,
							tag: 'robot.test-5',
							username: 'u',
							content: PASSWORD,
							parent_credential_cod: 7,
						},
					},
				},
			],
			items: {
				...item,
				identifier: 'robot.test-5',
				username: 'u',
				hostname: null,
				ip: null,
				port: null,
				additional: null,
				parentCredentialId: '7',
				availableUntilServerTime: null,
			},
		},
	],
	refused: references,
	failures: [
		{
			name: 'a credential that is not there',
			exchanges: [{ ...read(), status: 400, reply: refusal(1007, 'Credential not found') }],
			says: [/^The vault does not know this credential/],
		},
		{
			name: 'a disabled credential',
			exchanges: [{ ...read(), status: 400, reply: refusal(1008, 'Credential inactive') }],
			says: [/^The credential is disabled/],
		},
		{
			name: 'an SSH key',
			exchanges: [{ ...read(), status: 400, reply: refusal(1010, 'The item is not a credential') }],
			says: [/^This item is an SSH key and not a credential/],
		},
		{
			name: 'a credential without a password, and custody is held',
			exchanges: [read({ password: '', content: null })],
			says: [
				/^senhasegura answered without the password of the credential/,
				/Custody may be held\. Custody is held until/,
			],
		},
		{
			name: 'a credential without a password, and custody is released',
			parameters: { releaseCustody: true },
			exchanges: [read({ password: '', content: null }), release],
			says: [/^senhasegura answered without the password/, /Custody was released\.$/],
		},
		{
			name: 'custody that cannot be released',
			parameters: { releaseCustody: true },
			exchanges: [read(), { ...release, status: 400, reply: refusal(1039, 'Without PAM') }],
			says: [
				/^The credential was read, but its custody could not be released: The authorization may only read/,
				/'Credential: Release Custody'/,
			],
		},
	],
});

const listedItem = {
	vendor: 'senhasegura',
	type: 'credential',
	id: '5',
	identifier: 'robot-test-5',
	username: 'user@example.com',
	hostname: 'gmail.com',
	ip: 'mail.google.com',
	changedAt: null,
	changedAtServerTime: '2024-05-03T16:19:53',
	ageDays: expect.any(Number) as number,
	ageUnknown: false,
	viewedAt: null,
	viewedAtServerTime: '2024-05-24T16:26:09',
	expiresAt: '2024-05-16T20:31:31.000Z',
	expiresAtServerTime: '2024-05-16T17:31:31',
	credentialType: 'Local User',
	automaticChange: false,
};

const hoursAgo = (hours: number) =>
	new Date(Date.now() - hours * 3_600_000).toISOString().slice(0, 19).replace('T', ' ');

describeOperation(kit, 'credential', 'getAll', {
	cases: [
		{
			name: 'lists credentials, and no SSH keys',
			parameters: { returnAll: true },
			exchanges: [list(...many)],
			items: [
				listedItem,
				{
					...listedItem,
					id: '6',
					automaticChange: true,
					credentialType: 'Domain User',
					username: 'root',
				},
			],
			raw: many.filter(({ id }) => id !== '39') as IDataObject[],
		},
		{
			name: 'filters by everything',
			parameters: {
				filters: {
					credentialType: 'local*',
					hostname: 'GMAIL.com',
					username: '*@example.com',
					identifier: 'robot*',
					olderThanDays: 30,
				},
			},
			exchanges: [list(...many)],
			items: [listedItem],
		},
		{
			name: 'gives up to the limit',
			parameters: { limit: 1 },
			exchanges: [list(...many)],
			items: [listedItem],
		},
		{
			name: 'finds what was read lately, as far as the vault’s clock can be told',
			parameters: { filters: { viewedWithinHours: '2' } },
			exchanges: [
				list(
					{ ...listed, id: '7', view: '2999-05-24 16:26:09' },
					{ ...listed, id: '8', view: null },
					{ ...listed, id: '9', view: hoursAgo(15.9) },
					{ ...listed, id: '10', view: hoursAgo(16.1) },
					{ ...listed, id: '11', view: `${hoursAgo(2.1).replace(' ', 'T')}Z` },
					{ ...listed, id: '12', view: 'just now' },
				),
			],
			items: [
				...['7', '9'].map((id) => ({
					...listedItem,
					id,
					viewedAtServerTime: expect.any(String) as string,
				})),
				// It may be the one that is in custody.
				{
					...listedItem,
					id: '12',
					viewedAt: null,
					viewedAtServerTime: null,
					viewedAtText: 'just now',
				},
			],
			hints: ["what came is in 'viewedAtText'"],
		},
	],
	failures: [
		{
			name: 'an answer without a list',
			exchanges: [{ ...list(), reply: success('0 credentials found') }],
			says: [/^senhasegura answered without the list of credentials/],
		},
	],
});
