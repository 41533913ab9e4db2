import { signPam360Request } from './api/signing';
import { credentialCheck } from '../shared/credentialCheck';
import { Failure } from '../shared/failure';
import { pam360 } from './resources';

/**
 * A list of one resource (docs/api/pam360.md, "Listing resources"): PAM360 has no call that is for
 * this.
 */
export const testPam360Credential = credentialCheck({
	vendor: pam360,
	sign: signPam360Request,
	call: async (api) =>
		await api
			.read({ path: 'resources', details: { STARTINDEX: 0, LIMIT: 1 } })
			.catch((failure: unknown) => {
				const isOfRights =
					failure instanceof Failure && failure.kind === 'refused' && failure.code === '200';
				throw isOfRights && !failure.declared
					? failure.with({
							description:
								"The test is a list of one resource. Check 'Organization Name' in the credential, and that the role of the API user may list resources.",
						})
					: failure;
			}),
});
