import type { Exchange } from '../kit/exchanges';
import { describeOperation } from '../kit/operation';
import type { Suite } from '../kit/operation';
import { kit, refusal, success } from './kit';
import {
	PASSWORD,
	byId,
	byName,
	list,
	listed,
	many,
	read,
	references,
	release,
	sshKey,
} from './credentialSamples';

const notInCustody = {
	status: 400,
	reply: refusal(1018, 'The credential is not in the user custody'),
};

const state = (enabled: boolean, changed: boolean, id = '5') => ({
	vendor: 'senhasegura',
	type: 'credential',
	id,
	enabled,
	changed,
});
const disableCall: Exchange = {
	method: 'DELETE',
	path: '/api/pam/credential/5',
	headers: { 'content-type': undefined },
	reply: success('Credential successfully deactivated'),
};
const inactive = { status: 400, reply: refusal(1008, 'Credential inactive') };

describeOperation(kit, 'credential', 'disable', {
	cases: [
		{
			name: 'is disabled',
			parameters: byId,
			exchanges: [disableCall],
			items: state(false, true),
		},
		{
			name: 'is found by user and host, as the vault finds it',
			parameters: byName('domínio\\user@web 01'),
			exchanges: [{ ...disableCall, path: '/api/pam/credential/dom%C3%ADnio%5Cuser%40web%2001' }],
			items: state(false, true, 'domínio\\user@web 01'),
		},
		{
			name: 'is disabled already, which is a success where that is wanted',
			parameters: { ...byId, additionalFields: { succeedIfAlready: true } },
			exchanges: [{ ...disableCall, ...inactive }],
			items: state(false, false),
		},
	],
	refused: references,
	failures: [
		{
			name: 'disabled already',
			exchanges: [{ ...disableCall, ...inactive }],
			says: [/^The credential is disabled/],
		},
	],
});

const enableCall: Exchange = {
	...disableCall,
	method: 'PUT',
	reply: success('Credential successfully activated'),
};
const active = { status: 400, reply: refusal(1043, 'Credential is already activated!') };
const lookUps: Suite['failures'] = [
	{
		name: 'a name that the list does not have',
		parameters: byName('nobody'),
		exchanges: [list(...many)],
		says: [/^The vault lists no credential with the name nobody/],
	},
	{
		name: 'a name that several have',
		parameters: byName('example.com@gmail.com'),
		exchanges: [
			list({ ...listed, username: 'example.com' }, { ...listed, id: '7', username: 'example.com' }),
		],
		says: [
			/^The vault lists more than one item with the user and host name .*: 5, 7/,
			/give its ID/,
		],
	},
];

describeOperation(kit, 'credential', 'enable', {
	cases: [
		{ name: 'is enabled', parameters: byId, exchanges: [enableCall], items: state(true, true) },
		{
			name: 'is looked up by user and host, since this call takes the ID only',
			parameters: byName('root@gmail.com'),
			exchanges: [
				list({ ...sshKey, username: 'root' }, ...many),
				{ ...enableCall, path: '/api/pam/credential/6' },
			],
			items: state(true, true, '6'),
		},
		{
			name: 'is enabled already, which is a success where that is wanted',
			parameters: { ...byId, additionalFields: { succeedIfAlready: true } },
			exchanges: [{ ...enableCall, ...active }],
			items: state(true, false),
		},
	],
	refused: references,
	failures: [
		...lookUps,
		{
			name: 'enabled already',
			exchanges: [{ ...enableCall, ...active }],
			says: [/^The credential is enabled already/, /'Succeed If Already Enabled'/],
		},
	],
});

const releasedItem = (changed: boolean) => ({
	vendor: 'senhasegura',
	type: 'credential',
	id: '5',
	custodyReleased: true,
	changed,
});

describeOperation(kit, 'credential', 'releaseCustody', {
	cases: [
		{
			name: 'is released',
			parameters: byId,
			exchanges: [release],
			items: releasedItem(true),
		},
		{
			name: 'is looked up by its identifier, since this call takes the ID only',
			parameters: byName('robot-test-5'),
			exchanges: [list(listed, { ...sshKey, identifier: 'another' }), release],
			items: releasedItem(true),
		},
		{
			name: 'is not in custody, which is a success: it can be repeated',
			parameters: byId,
			exchanges: [{ ...release, ...notInCustody }],
			items: releasedItem(false),
		},
	],
	refused: references,
	failures: [
		...lookUps,
		{
			name: 'not in custody, where that is wanted',
			parameters: { additionalFields: { succeedIfAlready: false } },
			exchanges: [{ ...release, ...notInCustody }],
			says: [/^This authorization has no custody of the credential/, /1018/],
		},
	],
});

const changedItem = {
	vendor: 'senhasegura',
	type: 'credential',
	id: '5',
	identifier: 'robot-test-5',
	username: 'credential_5',
	hostname: 'destktop-91.com',
	passwordChangeRequested: true,
	custodyReleased: true,
};
const withChange = { ...listed, automatic_change: '1' };

describeOperation(kit, 'credential', 'changePassword', {
	afterLoss: /Custody is held until it ends by itself, or until/,
	secrets: [PASSWORD],
	cases: [
		{
			name: 'takes custody and releases it, and gives no password',
			parameters: byId,
			exchanges: [list(withChange), read(), release],
			items: changedItem,
		},
		{
			name: 'does not look first where that is not wanted',
			parameters: { ...byName('robot-test-5'), checkAutomaticChange: false },
			exchanges: [{ ...read(), path: '/api/pam/credential/robot-test-5' }, release],
			items: changedItem,
		},
		{
			name: 'says so where the list does not tell',
			parameters: byId,
			exchanges: [list(), read(), release],
			items: changedItem,
			hints: ['does not show whether automatic change is configured'],
		},
	],
	refused: references,
	failures: [
		{
			name: 'automatic change that is off',
			exchanges: [list({ ...listed, automatic_change: '0' })],
			says: [/^Automatic change is off for this credential/, /no custody was taken/],
		},
		{
			name: 'custody that cannot be released',
			exchanges: [list(withChange), read(), { ...release, ...inactive }],
			says: [/^The credential was read, but its custody could not be released/],
		},
		{
			name: 'custody that somebody else has released',
			exchanges: [list(withChange), read(), { ...release, ...notInCustody }],
			says: [/^Custody ended before it was released/],
		},
	],
});
