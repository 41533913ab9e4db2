import { z } from 'zod';
import type { SenhaseguraApi } from '../../api/client';
import { operation } from '../../../shared/operation';
import { pathSegment } from '../../../shared/url';
import { disableOrEnable, succeedIf, succeedIfInput } from '../shared/transition';
import { deprecated, informationField, informationId } from './fields';

/** 1024: Inactive information. */
const INACTIVE = 1024;

/** `DELETE pam/info/{id}`. Source: docs/api/senhasegura.md, "Protected information". */
export const disable = operation({
	name: 'Disable',
	value: 'disable',
	action: 'Disable protected information',
	description: 'Disable protected information in the vault (deprecated by the vendor)',
	byPerson: { targets: ['informationId'] },
	fields: [deprecated, informationField, succeedIf('Already Disabled')],
	input: z.object({
		informationId,
		additionalFields: succeedIfInput,
	}),
	async run(api: SenhaseguraApi, { informationId: given, additionalFields: more }) {
		return await disableOrEnable(api, {
			type: 'protectedInformation',
			id: given,
			enabled: false,
			path: `pam/info/${pathSegment(given)}`,
			alreadyCodes: [INACTIVE],
			succeedIfAlready: more.succeedIfAlready,
		});
	},
});
