import { additionalFields, param } from '../../../shared/param';
import { flag } from '../../../shared/input';
import { switchedResult } from '../../../shared/switching';
import { item, operation } from '../shared/operation';
import { releaseOf } from './custody';
import { credentialIdOf } from './credentialItem';
import { credential } from './fields';

/**
 * `DELETE pam/credential/custody/{id}`. Source: docs/api/senhasegura.md, "Disabling, enabling,
 * releasing".
 */
export const releaseCustody = operation({
	name: 'Release Custody',
	value: 'releaseCustody',
	action: 'Release credential custody',
	description:
		'End the custody that this authorization took by reading a credential. The vault then changes the password where automatic change is configured. It can safely be run again at any time.',
	byPerson: { targets: ['credentialId'] },
	params: [
		credential,
		additionalFields(
			param(
				{
					displayName: 'Succeed If Not in Custody',
					name: 'succeedIfAlready',
					type: 'boolean',
					default: true,
					description:
						"Whether the item counts as a success, with 'changed' false, if there was no custody to end. This is on unless you turn it off.",
				},
				flag.default(true),
			),
		),
	],
	async run(api, { credentialId, additionalFields: { succeedIfAlready } }) {
		const id = await credentialIdOf(api, credentialId);
		const release = releaseOf(id, succeedIfAlready);
		const { changed, body } = await api.evenIfCancelled().transition(release);
		return switchedResult(item('credential', { id, custodyReleased: true, changed }), body);
	},
});
