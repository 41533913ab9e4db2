import { filters, param } from '../../../shared/param';
import { ifGiven, wholeNumber } from '../../../shared/input';
import { returnAllOrLimit } from '../../../shared/list';
import { first } from '../../../shared/paging';
import {
	ageInDays,
	changedAt,
	isSshKey,
	listCredentials,
	wasViewed,
} from '../shared/credentialList';
import { fits, fitsListed, listedFilters, olderThan, patternFilter } from '../shared/listFilters';
import { operation } from '../shared/operation';
import { listedCredentialItem } from './credentialItem';

/** `GET pam/credential`. Source: docs/api/senhasegura.md, "Listing credentials". */
export const getAll = operation({
	name: 'Get Many',
	value: 'getAll',
	action: 'Get many credentials',
	description: 'List credentials without their passwords, which takes no custody',
	readsKeys: true,
	params: [
		returnAllOrLimit,
		filters(
			...listedFilters,
			olderThan('credentials'),
			patternFilter('Credential Type', 'credentialType', 'e.g. Local User'),
			param(
				{
					displayName: 'Viewed Within (Hours)',
					name: 'viewedWithinHours',
					type: 'number',
					typeOptions: { minValue: 1, numberPrecision: 0 },
					default: 24,
					description:
						"Only credentials that somebody has read in this time. They include those that an interrupted run left in custody: 'Credential: Release Custody' ends that custody, and changes nothing for the others.",
				},
				ifGiven(wholeNumber({ unit: 'hours', min: 1 })),
			),
		),
	],
	async run(api, { most, filters: wanted }) {
		const listed = await listCredentials(api);
		const zone = api.serverTimeZone;
		const now = Date.now();
		const found = listed.filter(
			(entry) =>
				!isSshKey(entry) &&
				fitsListed(entry, wanted, ageInDays(changedAt(entry, zone), now)) &&
				fits([[wanted.credentialType, entry.type]]) &&
				wasViewed(entry, wanted.viewedWithinHours, zone),
		);
		return first(found, most).map((entry) => ({
			item: listedCredentialItem(entry, zone),
			raw: entry,
		}));
	},
});
