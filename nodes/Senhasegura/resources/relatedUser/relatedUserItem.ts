import { z } from 'zod';
import type { IDataObject } from 'n8n-workflow';
import type { SenhaseguraApi } from '../../api/client';
import { confirmed } from '../../api/envelope';
import { demandSame } from '../../api/sameRecord';
import type { Result } from '../../../shared/operation';
import { asId } from '../../../shared/read';
import { readId, readText } from '../../../shared/item';
import { record, records } from '../shared/answers';
import { item } from '../shared/operation';

/** The payload key is plural for one user, too (docs/api/senhasegura.md, "Related users"). */
const anyRelatedUser = z
	.object({
		relatedUsers: z.union([record, records.pipe(z.tuple([record])).transform(([one]) => one)]),
	})
	.transform(({ relatedUsers }) => relatedUsers);

export const oneRelatedUser = anyRelatedUser.refine(({ id }) => asId(id) !== null);

/** What an update says of the user may be less. */
export const updatedRelatedUser = confirmed.pipe(anyRelatedUser);

/** `GET user/related/{id}`; the user that was asked for, and no other. */
export async function readRelatedUser(api: SenhaseguraApi, id: string) {
	const answer = await api.read({
		path: `user/related/${id}`,
		answer: oneRelatedUser,
		what: 'the related user',
	});
	demandSame(answer.value.id, id, 'related user');
	return answer;
}

export function relatedUserItem({ id, name, username }: IDataObject): Result['item'] {
	return item('relatedUser', {
		id: readId(id),
		name: readText(name),
		username: readText(username),
	});
}
