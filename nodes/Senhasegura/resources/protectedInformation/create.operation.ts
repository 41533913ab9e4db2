import { z } from 'zod';
import { confirmed } from '../../api/envelope';
import { nameOfNew } from '../../../shared/nameParams';
import { additionalFields, param } from '../../../shared/param';
import { readId, readText, readTexts } from '../../../shared/item';
import { textList } from '../../../shared/input';
import { sendOnce } from '../../../shared/sendOnce';
import { record } from '../shared/answers';
import { item, operation } from '../shared/operation';
import { deprecated } from './fields';

const created = confirmed.pipe(z.object({ info: record })).transform(({ info }) => info);

/** `POST pam/info`. Source: docs/api/senhasegura.md, "Protected information". */
export const create = operation({
	name: 'Create',
	value: 'create',
	action: 'Create protected information',
	description: 'Store a text in the vault as protected information (deprecated by the vendor)',
	issues: 'protected information',
	furtherTries: { are: 'refused' },
	byPerson: { targets: ['usersAllowed'] },
	params: [
		deprecated,
		nameOfNew('e.g. Portal of the bank', 'The name by which people find the information'),
		param(
			{
				displayName: 'Content',
				name: 'content',
				type: 'string',
				required: true,
				typeOptions: { password: true, rows: 4 },
				default: '',
				description: 'The text to protect. It is sent to the vault only.',
			},
			// Not trimmed: white space may belong to it.
			z
				.string({ errorMap: () => ({ message: 'must be a text' }) })
				.refine((text) => text.trim() !== '', 'is required'),
		),
		additionalFields(
			param({
				displayName: 'Identifier',
				name: 'identifier',
				type: 'string',
				default: '',
				placeholder: 'e.g. bank-portal',
				description:
					'A unique name to read the information by. The answer contains no number: without an identifier, the information can only be found in the vault.',
			}),
			param({
				displayName: 'Service',
				name: 'service',
				type: 'string',
				default: '',
				placeholder: 'e.g. Online banking',
				description: 'The service that the information belongs to',
			}),
			param({
				displayName: 'Type',
				name: 'informationType',
				type: 'string',
				default: '',
				placeholder: 'e.g. Access credential',
				description: 'The kind of information. Versions up to 3.23 need it.',
			}),
			param({
				displayName: 'URL',
				name: 'url',
				type: 'string',
				default: '',
				placeholder: 'e.g. https://bank.example.com',
				description: 'The address that the information belongs to',
			}),
			param(
				{
					displayName: 'Users Allowed',
					name: 'usersAllowed',
					type: 'string',
					default: '',
					placeholder: 'e.g. admin, account_manager',
					description: 'Usernames that may see the information, separated by commas',
				},
				textList,
			),
		),
	],
	async run(api, { name, content, additionalFields: more }, call) {
		const mayHave = `The information '${more.identifier ?? name}' may have been stored`;
		const find = 'Look for it in the vault';
		const { value, body } = await sendOnce(call, { mayHave, find }, async (change) => {
			return await api.change({
				method: 'POST',
				path: 'pam/info',
				body: {
					name,
					content,
					identifier: more.identifier,
					type: more.informationType,
					service: more.service,
					url: more.url,
					users_allowed: more.usersAllowed.join(',') || undefined,
				},
				answer: created,
				what: 'the protected information',
				...change,
			});
		});
		return {
			item: item('protectedInformation', {
				id: readId(value.id),
				identifier: readText(value.identifier ?? value.tag) ?? more.identifier ?? null,
				name: readText(value.name) ?? name,
				informationType: readText(value.type),
				service: readText(value.service),
				url: readText(value.url),
				usersAllowed: readTexts(value.users_allowed),
				secret: null,
			}),
			// The vault sends the content back; who stored it has it.
			raw: { ...body, info: { ...value, content: null } },
		};
	},
});
