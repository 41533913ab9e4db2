import { param } from '../../../shared/param';
import { Failure } from '../../../shared/failure';
import { flag } from '../../../shared/input';
import { readId, readText } from '../../../shared/item';
import { yesNo } from '../shared/coded';
import { readIdentifier } from '../shared/credentialList';
import { item, operation } from '../shared/operation';
import { findListed } from './credentialItem';
import { touchCredential } from './custody';
import { credential } from './fields';

/**
 * Custody and its release. Source: docs/api/senhasegura.md, "Disabling, enabling, releasing" and
 * "Rotating an SSH key".
 */
export const changePassword = operation({
	name: 'Change Password Now',
	value: 'changePassword',
	action: 'Change password of credential now',
	description:
		'Take custody of a credential and release it, after which the vault changes its password on the device. Automatic change must be configured in the credential. The change takes a while: read the new password some time later.',
	// That a password changes is reported even where another item or a cancellation stops the node.
	issues: 'password change',
	byPerson: { targets: ['credentialId'], guards: ['checkAutomaticChange'] },
	furtherTries: {
		are: 'harmless',
		because: 'the vault changes the password once more, and has the one that is valid',
	},
	params: [
		credential,
		param(
			{
				displayName: 'Check Automatic Change',
				name: 'checkAutomaticChange',
				type: 'boolean',
				default: true,
				description:
					'Whether to look in the list of credentials first, and to stop if automatic change is off, because nothing would happen then',
			},
			flag,
		),
	],
	async run(api, { credentialId, checkAutomaticChange }) {
		const listed = checkAutomaticChange ? await findListed(api, credentialId) : undefined;
		const isConfigured = yesNo(listed?.automatic_change);
		if (isConfigured === false) throw notConfigured();
		const { credential, body } = await touchCredential(api, credentialId.value);
		const known = credential ?? listed ?? {};
		return {
			item: item('credential', {
				id: readId(known.id) ?? credentialId.value,
				identifier: readIdentifier(known),
				username: readText(known.username),
				hostname: readText(known.hostname),
				passwordChangeRequested: true,
				custodyReleased: true,
			}),
			// The answer to the release: that to the reading holds the password.
			raw: body,
			hints:
				checkAutomaticChange && isConfigured === null
					? [
							'The list does not show whether automatic change is configured for this credential: check whether the password was changed.',
						]
					: [],
		};
	},
});

function notConfigured(): Failure {
	return new Failure(
		'Automatic change is off for this credential, so its password would not change',
		{
			kind: 'refused',
			description:
				"Turn it on in the credential's execution settings, with a plugin and a template, for example by 'Credential: Create or Update'. Nothing was done, and no custody was taken.",
		},
	);
}
