import { dsmSecrets } from '../../api/dsm';
import { BY_NAME, labelOf, vaultList } from '../shared/lists';

/** Without the values of the secrets. */
export const secretList = vaultList(
	'searchSecrets',
	async (api) =>
		(await dsmSecrets(api)).map(({ id, identity, record }) => ({
			id,
			identity,
			name: record.secret_name,
		})),
	({ identity, name }) => labelOf(identity, name === identity ? null : name),
	BY_NAME,
);
