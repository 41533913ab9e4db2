import { sendOnce } from '../../../shared/sendOnce';
import { operation } from '../shared/operation';
import { required } from '../../../shared/param';
import { name, username } from './fields';
import { oneRelatedUser, relatedUserItem } from './relatedUserItem';

/** `POST user/related`. Source: docs/api/senhasegura.md, "Related users". */
export const create = operation({
	name: 'Create',
	value: 'create',
	action: 'Create related user',
	description: 'Register a person that is related to users of the vault',
	issues: 'related user',
	furtherTries: { are: 'refused' },
	params: [required(name), required(username)],
	async run(api, fields, call) {
		const mayHave = `The related user '${fields.username}' may have been registered`;
		const { value, body } = await sendOnce(call, { mayHave, find: FIND }, async (change) => {
			return await api.change({
				method: 'POST',
				path: 'user/related',
				form: { name: fields.name, username: fields.username },
				answer: oneRelatedUser,
				what: 'the related user',
				...change,
			});
		});
		return { item: relatedUserItem(value), raw: body };
	},
});

const FIND = "Look for the person with 'Related User: Get Many'";
