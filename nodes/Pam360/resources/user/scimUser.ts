import type { IDataObject } from 'n8n-workflow';
import type { Pam360Api } from '../../api/client';
import { Failure } from '../../../shared/failure';
import { asText } from '../../../shared/read';
import type { Located } from '../../../shared/locator';

/**
 * A user as SCIM knows it. The ID of a name comes from another family of calls, and nothing documents that
 * SCIM uses the same IDs: so the user that SCIM gives must have the name that was asked for.
 *
 * @throws Failure when it is plainly somebody else
 */
export async function scimUserOf(api: Pam360Api, wanted: Located): Promise<IDataObject> {
	const user = await api.scim.user(await api.ids.user(wanted));
	const name = asText(user.userName);
	if (wanted.by === 'id' || name === null || isSame(name, wanted.value)) return user;
	throw new Failure(
		`PAM360 was asked for the user '${wanted.value}' and answered with the user '${name}'`,
		{
			kind: 'unusable',
			description:
				"SCIM seems to count users in another way than PAM360's other calls. Nothing was changed: choose the user 'By ID', with the ID that 'User: Get Many' gives.",
		},
	);
}

/** One of the names may be without the domain that the other has, before or behind it. */
function isSame(one: string, other: string): boolean {
	const [a, b] = [one, other].map((name) => name.trim().toLowerCase()) as [string, string];
	const isBare = withoutDomain(a) === a || withoutDomain(b) === b;
	return a === b || (isBare && withoutDomain(a) === withoutDomain(b));
}

function withoutDomain(name: string): string {
	return name.replace(/^.*\\/, '').replace(/@.*$/, '');
}
