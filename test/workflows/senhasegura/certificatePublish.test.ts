import { describeOperation } from '../kit/operation';
import { KEY_PASSWORD, bare, former } from './certificateSamples';
import { kit, success } from './kit';

const PUBLISH = {
	method: 'POST' as const,
	path: '/api/certificate/publish',
	headers: { 'content-type': 'application/json' },
};
/** As the vendor's page "POST | Publish certificate" shows it. */
const scheduled = {
	status: 200,
	message: 'Publication scheduled successfully',
	error: false,
	code_publishing: 567,
	reason: '3 - Scheduled Renewal',
	itsm_code: 'CHG0012345',
	devices: [101, 102, 103],
};
const publication = {
	certificateId: '456',
	profileId: 22,
	devices: '101, 102, 103',
	reason: '3',
	additionalFields: { itsmCode: 'CHG0012345', justification: 'Renewal' },
};
const publicationItem = {
	vendor: 'senhasegura',
	type: 'certificatePublication',
	id: '567',
	certificateId: '456',
	profileId: '22',
	devices: ['101', '102', '103'],
	scheduled: true,
	reason: 'Scheduled Renewal',
	reasonId: '3',
	itsmCode: 'CHG0012345',
};
const publishBody = JSON.stringify({
	certificate_code: 456,
	code_profile_publication: 22,
	justification: 'Renewal',
	reason: 3,
	itsm_code: 'CHG0012345',
	devices: [101, 102, 103],
});

/** What a record of a certificate may hold, whatever the operation. */
const RECORD_PASSWORDS = { password_key: KEY_PASSWORD, password_revocation: KEY_PASSWORD };
const NO_PASSWORDS = { password_key: null, password_revocation: null };

describeOperation(kit, 'certificate', 'publish', {
	secrets: [KEY_PASSWORD],
	cases: [
		{
			name: 'gives no password of the record out',
			mayHave: 'The publication of certificate 456 may have been scheduled',
			parameters: publication,
			exchanges: [{ ...PUBLISH, body: publishBody, reply: { ...scheduled, ...RECORD_PASSWORDS } }],
			items: publicationItem,
			raw: { raw: { ...scheduled, ...NO_PASSWORDS } },
		},
		{
			name: 'schedules a publication',
			parameters: publication,
			exchanges: [{ ...PUBLISH, body: publishBody, reply: scheduled }],
			items: publicationItem,
			raw: { raw: scheduled },
		},
		{
			name: 'is not said to be scheduled where the vault says something else',
			parameters: publication,
			exchanges: [
				{
					...PUBLISH,
					body: publishBody,
					reply: { ...scheduled, message: 'Not scheduled successfully: waits for approval' },
				},
			],
			items: {
				...publicationItem,
				scheduled: null,
				scheduledText: 'Not scheduled successfully: waits for approval',
			},
			hints: ["what came is in 'scheduledText'"],
		},
		{
			name: 'says where the vault does not tell its number',
			parameters: publication,
			exchanges: [{ ...PUBLISH, body: publishBody, reply: bare({}) }],
			items: { ...publicationItem, id: null, reason: null },
			hints: ['did not return the number of the publication'],
		},
	],
	refused: [
		['devices that are no numbers', { devices: 'web-01' }, "'Device IDs' must hold numbers"],
		['no device', { devices: '={{ "" }}' }, "'Device IDs' is required"],
		[
			'a justification that is too long',
			{ additionalFields: { justification: 'x'.repeat(1025) } },
			"'Justification' must be at most 1024 characters long",
		],
	],
	failures: [
		{
			name: 'a gateway that gives up, after which nothing is sent again',
			exchanges: [{ ...PUBLISH, body: publishBody, status: 504, reply: '' }],
			says: [
				'The publication of certificate 456 may have been scheduled anyway.',
				"Look for the certificate with 'Certificate Publication: Get Many'.",
			],
		},
	],
});

describeOperation(former, 'certificate', 'publish', {
	cases: [
		{
			name: 'has other names up to 4.0',
			mayHave: 'The publication of certificate 456 may have been scheduled',
			parameters: publication,
			exchanges: [
				{
					...PUBLISH,
					path: '/iso/cert/publish',
					body: JSON.stringify({
						code_certificate: 456,
						code_profile_publication: 22,
						justification: 'Renewal',
						reason: 3,
						itms_code: 'CHG0012345',
						devices: [101, 102, 103],
					}),
					reply: success('Created', { certified: { code_publishing: '567', reason: '3 - Other' } }),
				},
			],
			items: { ...publicationItem, reason: 'Other' },
		},
	],
});
