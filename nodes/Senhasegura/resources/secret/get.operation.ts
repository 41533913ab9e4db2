import type { IDataObject } from 'n8n-workflow';
import { z } from 'zod';
import { dsmSecrets } from '../../api/dsm';
import type { DsmSecret } from '../../api/dsm';
import { Failure, inputFailure } from '../../../shared/failure';
import { additionalFields, oneOf, param, picker } from '../../../shared/param';
import { asList, isSaid } from '../../../shared/read';
import { ifGiven, wholeNumber } from '../../../shared/input';
import type { Located } from '../../../shared/locator';
import { secretValue } from '../shared/secretValue';
import { operation } from '../shared/operation';
import { secretList } from './lists';
import { secretFields } from './secretItem';

/**
 * `GET /iso/dapp/application`, of which one secret is taken. Source: docs/api/senhasegura.md, "DevOps
 * Secret Manager".
 */
export const get = operation({
	name: 'Get',
	value: 'get',
	action: 'Get secret',
	description: 'Read a secret of DevOps Secret Manager, whole or one property of it',
	secretPaths: ['data'],
	params: [
		picker({
			displayName: 'Secret',
			name: 'secret',
			description: 'The secret, by its identity or its number',
			list: secretList,
			byName: { placeholder: 'e.g. database-production' },
			id: {
				regex: '^\\d{1,19}$',
				errorMessage: 'An ID has digits only',
				placeholder: 'e.g. 106',
			},
		}),
		oneOf(
			param(
				{
					displayName: 'Content',
					name: 'content',
					type: 'options',
					options: [
						{
							name: 'One Property',
							value: 'property',
							description: 'The secret is the value of one property',
						},
						{
							name: 'Whole Secret as JSON',
							value: 'whole',
							description:
								'The secret is JSON text: a list of groups of properties, as in the vault',
						},
					],
					default: 'property',
					description: 'How much of the secret to read',
				},
				z.enum(['whole', 'property'], {
					errorMap: () => ({ message: "must be 'whole' or 'property'" }),
				}),
			),
			{
				whole: [],
				property: [
					param({
						displayName: 'Property',
						name: 'property',
						type: 'string',
						required: true,
						default: '',
						placeholder: 'e.g. PASSWORD',
						description: 'The name of the property',
					}),
					additionalFields(
						param(
							{
								displayName: 'Group',
								name: 'group',
								type: 'number',
								typeOptions: { minValue: 1, numberPrecision: 0 },
								default: 1,
								description:
									'Which group of properties to take it from, if several have a property of this name. The first one is 1.',
							},
							ifGiven(wholeNumber({ min: 1 })),
						),
					),
				],
			},
		),
	],
	async run(api, values) {
		const found = named(await dsmSecrets(api), values.secret);
		const property = values.content === 'whole' ? null : values.property;
		// Only what was asked for: a value that the vault could not encrypt may stand beside it.
		const opened: IDataObject =
			values.content === 'whole'
				? { groups: groupsOf(found) }
				: { value: valueOf(found, values.property, values.additionalFields.group) };
		const hints = api.open(opened, ['groups.*.*', 'value']);
		const secret = typeof opened.value === 'string' ? opened.value : JSON.stringify(opened.groups);
		return {
			item: { ...secretFields(found, api.serverTimeZone), property, secret },
			// The other secrets of the application, and the other properties, were not asked for.
			raw: { ...found.record, data: secret },
			hints,
		};
	},
});

function named(secrets: DsmSecret[], { by, value }: Located): DsmSecret {
	const byId = secrets.filter(({ id }) => by === 'id' && id === value);
	const matching = byId.length > 0 ? byId : secrets.filter(({ identity }) => identity === value);
	const [found] = matching;
	if (found && matching.length === 1) return found;
	throw new Failure(
		matching.length > 1
			? `The application has ${matching.length} secrets with the identity ${value}`
			: `The application has no secret '${value}'`,
		{
			kind: 'refused',
			description:
				"'Secret: Get Many' lists the secrets that the authorization of the credential may read, with their numbers and identities.",
		},
	);
}

function groupsOf({ data, record }: DsmSecret): IDataObject[] {
	const isWhole = data.length >= asList(record.data).filter(isSaid).length;
	if (!isWhole) {
		throw new Failure(
			"senhasegura returned the secret's values in a form that the node does not know",
			{
				kind: 'unusable',
				description: "Choose One Property as 'Content', or look at the secret in the vault.",
			},
		);
	}
	if (data.length > 0) return data;
	throw new Failure('senhasegura answered without the values of the secret', {
		kind: 'unusable',
		description: 'The secret exists, but has no value. Look at it in the vault.',
	});
}

function valueOf({ data }: DsmSecret, property: string, position: number | undefined): string {
	const groups = position === undefined ? data : data.slice(position - 1, position);
	const values = groups.flatMap((entries: IDataObject) =>
		Object.hasOwn(entries, property) ? [entries[property]] : [],
	);
	if (values.length === 0) {
		const known = [...new Set(groups.flatMap((entries) => Object.keys(entries)))];
		throw inputFailure(
			`The secret has no property '${property}'`,
			`It has ${known.join(', ') || 'none'}. Names are case-sensitive.`,
		);
	}
	if (new Set(values).size > 1) {
		throw inputFailure(
			`The secret has the property '${property}' more than once`,
			"Add 'Group' with the position of the group of properties to take it from.",
		);
	}
	return secretValue(values[0], `the property '${property}'`);
}
