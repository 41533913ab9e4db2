import { wholeList } from '../shared/answers';
import { labelOf, vaultList } from '../shared/lists';

/** People that are related to users of the vault. */
export const relatedUserList = vaultList(
	'searchRelatedUsers',
	async (api) => await wholeList(api, 'user/related', 'relatedUsers', 'the related users'),
	({ name, username }) => labelOf(name, username),
);
