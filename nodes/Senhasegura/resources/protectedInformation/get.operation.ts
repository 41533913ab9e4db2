import { z } from 'zod';
import { demandSame } from '../../api/sameRecord';
import type { SenhaseguraApi } from '../../api/client';
import { asText } from '../../../shared/fields';
import { itemOf, readId, readText } from '../../../shared/item';
import { operation } from '../../../shared/operation';
import { pathSegment } from '../../../shared/url';
import { record } from '../shared/answers';
import { secretValue } from '../shared/secretValue';
import { deprecated, informationField, informationId } from './fields';

const information = z.object({ info: record }).transform(({ info }) => info);

/** `GET pam/info/{id}`. Source: docs/api/senhasegura.md, "Protected information". */
export const get = operation({
	name: 'Get',
	value: 'get',
	action: 'Get protected information',
	description: 'Read protected information from the vault (deprecated by the vendor)',
	secretPaths: ['info.content'],
	fields: [deprecated, informationField],
	input: z.object({ informationId }),
	async run(api: SenhaseguraApi, { informationId: given }) {
		const { value, body, hints } = await api.read({
			path: `pam/info/${pathSegment(given)}`,
			answer: information,
			secrets: ['info.content'],
			what: 'the protected information',
		});
		const identifier = asText(value.identifier) ?? asText(value.tag);
		if (identifier !== given) demandSame(value.id, given, 'protected information');
		const secret = secretValue(value.content, 'the content of the protected information');
		return {
			item: itemOf({
				vendor: 'senhasegura',
				type: 'protectedInformation',
				id: readId(value.id),
				identifier,
				informationType: readText(value.type),
				secret,
			}),
			raw: { ...body, info: { ...value, content: secret } },
			hints,
		};
	},
});
