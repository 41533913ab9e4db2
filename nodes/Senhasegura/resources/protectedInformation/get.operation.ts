import { z } from 'zod';
import { demandSame } from '../../api/sameRecord';
import { asText } from '../../../shared/read';
import { readId, readText } from '../../../shared/item';
import { pathSegment } from '../../../shared/url';
import { record } from '../shared/answers';
import { secretValue } from '../shared/secretValue';
import { item, operation } from '../shared/operation';
import { deprecated, information } from './fields';

const found = z.object({ info: record }).transform(({ info }) => info);

/** `GET pam/info/{id}`. Source: docs/api/senhasegura.md, "Protected information". */
export const get = operation({
	name: 'Get',
	value: 'get',
	action: 'Get protected information',
	description: 'Read protected information from the vault (deprecated by the vendor)',
	secretPaths: ['info.content'],
	params: [deprecated, information],
	async run(api, { informationId: given }) {
		const { value, body, hints } = await api.read({
			path: `pam/info/${pathSegment(given)}`,
			answer: found,
			secrets: ['info.content'],
			what: 'the protected information',
		});
		const identifier = asText(value.identifier) ?? asText(value.tag);
		if (identifier !== given) demandSame(value.id, given, 'protected information');
		const secret = secretValue(value.content, 'the content of the protected information');
		return {
			item: item('protectedInformation', {
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
