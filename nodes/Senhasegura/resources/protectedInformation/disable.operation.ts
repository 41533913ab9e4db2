import { pathSegment } from '../../../shared/url';
import { disableOrEnable, succeedIf } from '../shared/transition';
import { operation } from '../shared/operation';
import { deprecated, information } from './fields';

/** 1024: Inactive information. */
const INACTIVE = 1024;

/** `DELETE pam/info/{id}`. Source: docs/api/senhasegura.md, "Protected information". */
export const disable = operation({
	name: 'Disable',
	value: 'disable',
	action: 'Disable protected information',
	description: 'Disable protected information in the vault (deprecated by the vendor)',
	byPerson: { targets: ['informationId'] },
	params: [deprecated, information, succeedIf('Already Disabled')],
	async run(api, { informationId: given, additionalFields: more }) {
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
