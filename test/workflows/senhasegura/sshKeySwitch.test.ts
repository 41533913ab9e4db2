import type { Exchange } from '../kit/exchanges';
import { describeOperation } from '../kit/operation';
import type { Suite } from '../kit/operation';
import { kit, refusal, success } from './kit';
import { byId, byName, list, listedKey, lookUps, references } from './sshKeySamples';

const disableCall: Exchange = {
	method: 'DELETE',
	path: '/api/pam/key/92',
	headers: { 'content-type': undefined },
	reply: success('Key successfully deactivated'),
};
const enableCall: Exchange = {
	...disableCall,
	method: 'PUT',
	reply: success('Key successfully activated'),
};

function stateSuite(call: Exchange, already: object, enabled: boolean): Suite {
	const item = (changed: boolean) => ({
		vendor: 'senhasegura',
		type: 'sshKey',
		id: '92',
		enabled,
		changed,
	});
	const state = enabled ? 'enabled' : 'disabled';
	return {
		cases: [
			{ name: `is ${state}`, parameters: byId, exchanges: [call], items: item(true) },
			{
				name: 'is found by its identifier',
				parameters: byName,
				exchanges: [list(listedKey), call],
				items: item(true),
			},
			{
				name: `is ${state} already, which is a success where that is wanted`,
				parameters: { ...byId, additionalFields: { succeedIfAlready: true } },
				exchanges: [{ ...call, status: 400, reply: already }],
				items: item(false),
			},
		],
		refused: references,
		failures: [
			...lookUps,
			{
				name: `${state} already`,
				exchanges: [{ ...call, status: 400, reply: already }],
				says: [new RegExp(`^The SSH key is ${state}`)],
			},
			{
				name: 'a fault of the vault under the same number, which says nothing of the state',
				parameters: { ...byId, additionalFields: { succeedIfAlready: true } },
				exchanges: [1, 2].map(() => ({
					...call,
					status: 500,
					reply: refusal(enabled ? 1045 : 1017, 'Unexpected error in the database'),
				})),
				says: ['Unexpected error in the database'],
			},
		],
	};
}

const inactive = refusal(1017, 'Key inactive');
const active = refusal(1045, 'Ssh key is already activated');

describeOperation(kit, 'sshKey', 'disable', stateSuite(disableCall, inactive, false));

describeOperation(kit, 'sshKey', 'enable', stateSuite(enableCall, active, true));
