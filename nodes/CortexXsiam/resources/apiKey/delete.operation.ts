import type { CortexXsiamApi } from '../../api/client';
import { Failure, inputFailure } from '../../../shared/failure';
import { additionalFields } from '../../../shared/param';
import { item, operation } from '../shared/operation';
import { allowOwnKeyParam, apiKeysParam } from './fields';

/** `POST /public_api/v1/api_keys/delete`. Source: docs/api/cortex-xsiam.md, "Deleting API keys". */
export const remove = operation({
	name: 'Delete',
	value: 'delete',
	action: 'Delete API key',
	description: 'Revoke API keys for good. Clients that use them are refused from then on.',
	byPerson: { targets: ['apiKey'], guards: ['allowOwnKey'] },
	params: [
		apiKeysParam(
			'The API key to delete. By ID, several are taken too, separated by commas, or a list from an expression.',
		),
		additionalFields(allowOwnKeyParam('delete')),
	],
	async run(api, { apiKey, additionalFields: { allowOwnKey: allowed } }) {
		if (apiKey.includes(api.ownKeyId) && !allowed) {
			throw inputFailure(
				`The API key ${api.ownKeyId} is the one that the credential uses, and is not deleted`,
				"Remove it from 'API Key', or turn on 'Allow Own Key' if the credential should stop working.",
			);
		}
		const deleted = await api.deleteKeys(apiKey).catch(async (failure: Failure) => {
			if (failure.kind === 'lost' && (await areGone(api, apiKey))) return apiKey.length;
			throw failure;
		});
		if (deleted < apiKey.length) throw await mismatch(api, apiKey, deleted);
		return apiKey.map((id) => ({
			item: item('apiKey', { id, deleted: true }),
			raw: { reply: { update_count: deleted } },
		}));
	},
});

/** The answer to a deletion that was made may be lost. */
async function areGone(api: CortexXsiamApi, ids: string[]): Promise<boolean> {
	return await api.existingKeys(ids).then(
		(left) => left.length === 0,
		() => false,
	);
}

/** The vendor counts what it deleted and does not name it: what is left tells. */
async function mismatch(api: CortexXsiamApi, ids: string[], deleted: number): Promise<Failure> {
	const left = await api.existingKeys(ids).catch(() => undefined);
	const found =
		left === undefined
			? 'Which ones are left is not known; look in the console.'
			: left.length > 0
				? `Still there: ${left.join(', ')}. The others are gone.`
				: `None of the IDs ${ids.join(', ')} exists any more: ${ids.length === 1 ? 'it' : 'those that were not deleted'} had been deleted before, or never existed. Check the IDs.`;
	return new Failure(`Cortex XSIAM deleted ${deleted} of ${ids.length} API keys`, {
		kind: 'refused',
		description: found,
	});
}
