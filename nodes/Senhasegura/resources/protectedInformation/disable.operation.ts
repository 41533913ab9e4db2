import { z } from 'zod';
import type { SenhaseguraApi } from '../../api/client';
import { additionalFields } from '../../../shared/description';
import { flag } from '../../../shared/input';
import { operation } from '../../../shared/operation';
import { pathSegment } from '../../../shared/url';
import { deprecated, informationField, informationId } from './fields';

/** 1024: Inactive information. */
const INACTIVE = 1024;

/** `DELETE pam/info/{id}`. Source: senhasegura A2A, "Disable protected information"; fact sheet 7. */
export const disable = operation({
	name: 'Disable',
	value: 'disable',
	action: 'Disable protected information',
	description: 'Disable protected information in the vault (deprecated by the vendor)',
	fields: [
		deprecated,
		informationField,
		additionalFields({
			displayName: 'Succeed If Already Disabled',
			name: 'succeedIfAlreadyDisabled',
			type: 'boolean',
			default: false,
			description: 'Whether to go on where it is disabled already, instead of stopping',
		}),
	],
	input: z.object({
		informationId,
		additionalFields: z.object({ succeedIfAlreadyDisabled: flag.default(false) }),
	}),
	async run(api: SenhaseguraApi, { informationId: given, additionalFields: more }) {
		const { changed, body } = await api.settle({
			method: 'DELETE',
			path: `pam/info/${pathSegment(given)}`,
			alreadyCodes: [INACTIVE],
			succeedIfAlready: more.succeedIfAlreadyDisabled,
		});
		return {
			item: {
				vendor: 'senhasegura',
				type: 'protectedInformation',
				id: given,
				enabled: false,
				changed,
			},
			raw: body,
		};
	},
});
