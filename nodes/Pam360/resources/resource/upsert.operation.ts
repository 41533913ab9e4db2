import { z } from 'zod';
import type { Pam360Api } from '../../api/client';
import { additionalFields } from '../../../shared/description';
import { requiredText } from '../../../shared/input';
import { operation } from '../../../shared/operation';
import type { Call } from '../../../shared/operation';
import { RUN_AGAIN, upsert as createOrUpdate } from '../shared/upsert';
import { fieldsOf, wireInput } from '../shared/wire';
import { commonFields, newFields, resourceName } from './fields';

/**
 * `GET /resources`, then `POST /resources` or `PUT /resources/{RESOURCEID}`. Source: docs/api/pam360.md,
 * "Listing resources", "Creating a resource" and "Changing a resource".
 */
export const upsert = operation({
	name: 'Create or Update',
	value: 'upsert',
	action: 'Create or update resource',
	description: 'Create a new record, or update the current one if it already exists (upsert)',
	issues: 'resource',
	furtherTries: { are: 'resolved', by: 'the name of the resource' },
	fields: [
		{
			...resourceName,
			description:
				'The name under which PAM360 keeps the resource. Where the API user sees one of this name, that is updated.',
		},
		additionalFields(...fieldsOf(commonFields)),
		{
			...additionalFields(...fieldsOf(newFields)),
			displayName: 'Fields of a New Resource',
			name: 'newFields',
			description: 'What is given to a resource only where it is created, such as a first account',
		},
	],
	input: z.object({
		resourceName: requiredText,
		additionalFields: wireInput(commonFields),
		newFields: wireInput(newFields),
	}),
	async run(
		api: Pam360Api,
		{ resourceName: name, additionalFields: fields, newFields: more },
		{ triedBefore }: Call,
	) {
		const create = async () =>
			await api.change({
				method: 'POST',
				path: 'resources',
				details: { RESOURCENAME: name, ...fields, ...more },
				repeatable: false,
				mayHave: 'The resource may have been created',
				find: RUN_AGAIN,
			});
		const update = async (id: string) =>
			await api.change({
				method: 'PUT',
				path: `resources/${id}`,
				about: { resourceId: id },
				details: fields,
				repeatable: true,
				mayHave: 'The resource may have been changed',
			});
		const { id, created, updated, raw, hints } = await api.inTurn(
			`resource/${name.toLowerCase()}`,
			async () =>
				await createOrUpdate({
					noun: 'resource',
					find: async () => await api.ids.findResource(name),
					create,
					update: Object.keys(fields).length > 0 ? update : undefined,
					triedBefore,
				}),
		);
		return {
			item: { vendor: 'pam360', type: 'resource', id, name, created, updated },
			raw,
			hints,
			issued: created !== false,
		};
	},
});
