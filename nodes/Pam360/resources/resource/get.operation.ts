import { recordOf } from '../../api/envelope';
import { accountsOf } from '../../api/listings';
import { Failure } from '../../../shared/failure';
import { operation } from '../shared/operation';
import { resource } from '../shared/pickers';
import { resourceResult } from './resourceItem';

/**
 * `GET /resources/{RESOURCEID}/accounts`, the only call that tells all of one resource. Source:
 * docs/api/pam360.md, "Listing accounts".
 */
export const get = operation({
	name: 'Get',
	value: 'get',
	action: 'Get resource',
	description: 'Get what PAM360 knows of one resource',
	params: [resource],
	async run(api, { resourceId }) {
		const id = await api.ids.resource(resourceId);
		const { path, subject } = accountsOf(id);
		// The answer carries the accounts, too: one is enough.
		const reply = await api.read({ path, subject, details: { STARTINDEX: 0, LIMIT: 1 } });
		const record = recordOf(reply.details);
		if (Object.keys(record).length > 0) return resourceResult(record, id);
		throw new Failure('PAM360 reported success but returned no details of the resource', {
			kind: 'unusable',
			description: `It said: ${reply.message || 'nothing'}. The resource may have no account that is shared with the API user.`,
		});
	},
});
