import type { IDataObject } from 'n8n-workflow';
import { z } from 'zod';
import { demandSame } from '../../api/sameRecord';
import { pathOf, users } from '../shared/directory';
import { operation } from '../shared/operation';
import { userParam } from './fields';
import { userItem } from './userItem';

const single = z.object({ data: z.object({ user_email: z.string().min(1) }).passthrough() });

/** `GET /platform/iam/v1/user/{user_email}`. Source: docs/api/cortex-xsiam.md, "Users". */
export const get = operation({
	name: 'Get',
	value: 'get',
	action: 'Get user',
	description: 'Get one user, with the role and the user groups',
	params: [userParam('The user to get')],
	async run(api, { user }) {
		const { value } = await api.read({
			method: 'GET',
			path: pathOf(users, user),
			answer: single,
			what: 'the user',
		});
		const record = value.data as IDataObject;
		demandSame(record.user_email, user, 'user');
		return { item: userItem(record), raw: record };
	},
});
