import type { Pam360Api } from '../../api/client';
import { recordOf } from '../../api/envelope';
import type { Pam360Reply } from '../../api/envelope';
import { Failure } from '../../../shared/failure';
import { readId } from '../../../shared/item';
import { additionalFields, required } from '../../../shared/param';
import { sendOnce } from '../../../shared/sendOnce';
import { resourceName } from '../shared/commonFields';
import { item, operation } from '../shared/operation';
import { orElse } from '../shared/recordValues';
import { createFields } from './fields';

/** `POST /resources`. Source: docs/api/pam360.md, "Creating a resource". */
export const create = operation({
	name: 'Create',
	value: 'create',
	action: 'Create resource',
	description: 'Add a resource, with a first account if you name one',
	issues: 'resource',
	furtherTries: { are: 'refused', unlike: 'a resource of the same name' },
	byPerson: { targets: ['ownerName'] },
	params: [required(resourceName()), additionalFields(createFields)],
	async run(api, { RESOURCENAME: name, additionalFields: details }, call) {
		const reply = await sendOnce(call, LOST, async (change) => {
			return await api
				.change({
					method: 'POST',
					path: 'resources',
					details: { RESOURCENAME: name, ...details },
					...change,
				})
				.catch(async (failure: Failure) => {
					throw failure.kind === 'lost' ? await withCandidate(api, failure, name) : failure;
				});
		});
		const told = idIn(reply);
		const id = typeof told === 'string' ? told : orElse(told, await createdId(api, name));
		return {
			item: item('resource', { id, name, created: true }),
			raw: reply.body,
			...(id === null && {
				hints: [`The resource '${name}' was created, but PAM360 did not return its ID.`],
			}),
		};
	},
});

const LOST = {
	mayHave: 'The resource may have been created',
	find: 'It asked PAM360 for a resource of this name instead',
};

/** Newer builds are said to answer with the ID; under which key is not documented. */
function idIn({ details }: Pam360Reply) {
	const record = recordOf(details);
	return readId(record.RESOURCEID ?? record['RESOURCE ID'] ?? record.RESOURCE_ID);
}

/** The resource is there whatever becomes of this look-up, so that it must not end the item. */
async function createdId(api: Pam360Api, name: string): Promise<string | null> {
	return await api.ids.resourceByName(name).catch(() => null);
}

/** Names are unique, but a resource that is found may have been there before. */
async function withCandidate(api: Pam360Api, failure: Failure, name: string): Promise<Failure> {
	try {
		const id = await api.ids.resourceByName(name);
		return failure.plus(
			`PAM360 has a resource of this name, with the ID ${id}. If it did not exist before, this run has most likely made it.`,
		);
	} catch (reason) {
		const isGone = reason instanceof Failure && reason.kind === 'refused';
		return failure.plus(
			isGone
				? 'PAM360 shows none of this name yet.'
				: 'That failed: look for the resource in its console before you run the node again.',
		);
	}
}
