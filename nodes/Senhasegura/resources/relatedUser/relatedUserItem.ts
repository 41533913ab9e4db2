import { z } from 'zod';
import type { IDataObject } from 'n8n-workflow';
import { confirmed } from '../../api/envelope';
import type { Result } from '../../../shared/operation';
import { asId, asText } from '../../../shared/fields';
import { record, records } from '../shared/answers';

/** The payload key is plural for one user, too (fact sheet 9). */
const anyRelatedUser = z
	.object({
		relatedUsers: z.union([record, records.pipe(z.tuple([record])).transform(([one]) => one)]),
	})
	.transform(({ relatedUsers }) => relatedUsers);

export const oneRelatedUser = anyRelatedUser.refine(({ id }) => asId(id) !== null);

/** What an update says of the user may be less. */
export const updatedRelatedUser = confirmed.pipe(anyRelatedUser);

export const allRelatedUsers = z
	.object({ relatedUsers: records })
	.transform(({ relatedUsers }) => relatedUsers);

export function relatedUserItem({ id, name, username }: IDataObject): Result['item'] {
	return {
		vendor: 'senhasegura',
		type: 'relatedUser',
		id: asId(id),
		name: asText(name),
		username: asText(username),
	};
}
