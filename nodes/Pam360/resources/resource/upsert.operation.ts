import { additionalFields, collection, required } from '../../../shared/param';
import { resourceName } from '../shared/commonFields';
import { item, operation } from '../shared/operation';
import { RUN_AGAIN, upsert as createOrUpdate } from '../shared/upsert';
import { SAFEGUARDS, commonFields, newFields } from './fields';

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
	byPerson: { targets: ['ownerName', ...SAFEGUARDS] },
	params: [
		required(resourceName()).looking({
			description:
				'The name under which PAM360 keeps the resource. If the API user sees a resource of this name, that one is updated.',
		}),
		additionalFields(commonFields),
		collection('Fields of a New Resource', 'newFields', 'Add Field', [newFields]).looking({
			description: 'Values for a new resource only, such as a first account',
		}),
	],
	async run(
		api,
		{ RESOURCENAME: name, additionalFields: fields, newFields: more },
		{ triedBefore },
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
				subject: { resourceId: id },
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
			item: item('resource', { id, name, created, updated }),
			raw,
			hints,
			issued: created !== false,
		};
	},
});
