import { z } from 'zod';
import type { SenhaseguraApi } from '../../api/client';
import { operation } from '../../../shared/operation';
import { repeatableChange } from '../shared/changes';
import { succeedIf, succeedIfInput } from '../shared/transition';
import { releaseCustody as release } from './custody';
import { credentialIdOf } from './credentialItem';
import { credentialField, credentialReference } from './fields';

/** `DELETE pam/credential/custody/{id}`. Source: "DEL | Release credential custody"; fact sheet 5.4. */
export const releaseCustody = operation({
	name: 'Release Custody',
	value: 'releaseCustody',
	action: 'Release credential custody',
	description:
		'End the custody that this authorization took by reading a credential. The vault then changes the password where automatic change is configured.',
	fields: [credentialField, succeedIf('Not in Custody')],
	input: z.object({ credentialId: credentialReference, additionalFields: succeedIfInput }),
	async run(api: SenhaseguraApi, { credentialId, additionalFields: { succeedIfAlready } }) {
		const id = await credentialIdOf(api, credentialId);
		const { changed, body } = await repeatableChange(release(api, id, succeedIfAlready));
		return {
			item: {
				vendor: 'senhasegura',
				type: 'credential',
				id,
				custodyReleased: true,
				changed,
			},
			raw: body,
		};
	},
});
