import { describeOperation } from '../kit/operation';
import { kit } from './kit';
import { read, result } from './pki';
import { item, record, unknown } from './certificateSamples';

/**
 * As a client for Go and one for Node.js read them (docs/api/pam360.md, "Listing and reading
 * certificates").
 */
const seen = {
	'Common Name': 'web.example.com',
	'DNS Name/FQDN': 'web.example.com',
	Issuer: 'Example CA',
	serialNumber: '1879376424c',
	ExpiryDate: 'Dec 27, 2026',
	Description: '',
};
const seenItem = {
	commonName: 'web.example.com',
	dnsName: 'web.example.com',
	issuer: 'Example CA',
	serialNumber: '1879376424c',
	expiresAtServerTime: '2026-12-27T00:00:00',
	daysLeft: expect.any(Number) as number,
};

describeOperation(kit, 'certificate', 'getAll', {
	cases: [
		{
			name: 'gives the certificates',
			parameters: { limit: 2 },
			exchanges: [
				read('getAllSSLCertificates', undefined, {
					result,
					SSLCertificates: [record, { id: 3, common_name: 'a' }, record],
				}),
			],
			items: [item, unknown({ id: '3', commonName: 'a' })],
			raw: [record, { id: 3, common_name: 'a' }],
		},
		{
			name: 'gives them as clients of the family see them',
			parameters: { returnAll: true },
			exchanges: [
				read('getAllSSLCertificates', undefined, {
					name: 'getAllSSLCertificates',
					result,
					totalRows: 2,
					details: [seen, { ...seen, ExpiryDate: 'next year' }],
				}),
			],
			items: [
				unknown(seenItem),
				unknown({
					...seenItem,
					expiresAtServerTime: null,
					expiresAtText: 'next year',
					daysLeft: null,
				}),
			],
			hints: ["what came is in 'expiresAtText'"],
			raw: [seen, { ...seen, ExpiryDate: 'next year' }],
		},
		{
			name: 'takes a single one in place of a list',
			parameters: { returnAll: true },
			exchanges: [
				read('getAllSSLCertificates', undefined, { result, totalRows: 1, details: seen }),
			],
			items: [unknown(seenItem)],
		},
		{
			name: 'asks in a text for more than is wanted, and leaves out what expired or expires later',
			parameters: { returnAll: true, filters: { expiresWithinDays: '={{ "45" }}' } },
			exchanges: [
				read(
					'getAllSSLCertificates',
					// It gives what has fewer days, by its own calendar.
					{ withExpiryDaysLessThan: '47' },
					{
						result,
						totalRows: 3,
						details: [
							{ serialNumber: '1', ExpiryDate: 'Dec 27, 2199' },
							{ serialNumber: '2', ExpiryDate: 'soon' },
							{ serialNumber: '3', ExpiryDate: 'Dec 27, 2021' },
						],
					},
				),
			],
			items: [unknown({ commonName: null, serialNumber: '2', expiresAtText: 'soon' })],
			hints: ["what came is in 'expiresAtText'"],
		},
		...[[{ serialNumber: '2', ExpiryDate: 'soon' }], undefined].map((details) => ({
			name: `asks for all where a server that filters counts all, and gives ${details ? 'some' : 'none'}`,
			parameters: { returnAll: true, filters: { expiresWithinDays: 45 } },
			exchanges: [
				read(
					'getAllSSLCertificates',
					{ withExpiryDaysLessThan: '47' },
					{ result, totalRows: 2, details },
				),
				read('getAllSSLCertificates', undefined, {
					result,
					totalRows: 2,
					details: [
						{ serialNumber: '1', ExpiryDate: 'Dec 27, 2199' },
						{ serialNumber: '2', ExpiryDate: 'soon' },
					],
				}),
			],
			items: [unknown({ commonName: null, serialNumber: '2', expiresAtText: 'soon' })],
			hints: ["what came is in 'expiresAtText'"],
		})),
		{
			name: 'is done where fewer came than are counted, and as many as are wanted',
			parameters: { limit: 1, filters: { expiresWithinDays: 45 } },
			exchanges: [
				read(
					'getAllSSLCertificates',
					{ withExpiryDaysLessThan: '47' },
					{
						result,
						totalRows: 730,
						details: [
							{ serialNumber: '1', ExpiryDate: 'Dec 27, 2199' },
							{ serialNumber: '2', ExpiryDate: 'soon' },
						],
					},
				),
			],
			items: [unknown({ commonName: null, serialNumber: '2', expiresAtText: 'soon' })],
			hints: ["what came is in 'expiresAtText'"],
		},
	],
	refused: [
		[
			'a filter of half a day',
			{ filters: { expiresWithinDays: '={{ 0.5 }}' } },
			"'Expires Within (Days)' must be a whole number of days",
		],
	],
	failures: [
		...[
			['all that came expires later', 'Dec 27, 2199', 'None of those that it gave fits'],
			['only a part of it is wanted', 'soon', "set 'Limit' to 1 or less"],
		].map(([why, ExpiryDate, advice]) => ({
			name: `a list that ends early: ${why}`,
			parameters: { limit: 2, filters: { expiresWithinDays: 45 } },
			// The count may be of all, and the filter the server's: without it, they are compared.
			exchanges: [{ withExpiryDaysLessThan: '47' }, undefined].map((details) =>
				read('getAllSSLCertificates', details, {
					result,
					totalRows: 730,
					details: [{ ExpiryDate }, { ExpiryDate: 'Dec 27, 2198' }],
				}),
			),
			says: ['PAM360 counts 730 of the certificates and gave 2', String(advice)],
		})),
		...(
			[
				[{ totalRows: 2, details: ['x', 'y'] }, 'with something other than the certificates'],
				[{}, 'without the certificates, and did not say that there are none'],
				['<html></html>', 'with a web page instead of JSON'],
				['', 'with an empty body'],
			] as const
		).map(([answer, says]) => ({
			name: `an answer that cannot be read, after which it does not ask for all: ${says}`,
			parameters: { returnAll: true, filters: { expiresWithinDays: 45 } },
			exchanges: [
				read(
					'getAllSSLCertificates',
					{ withExpiryDaysLessThan: '47' },
					typeof answer === 'string' ? answer : { result, ...answer },
				),
			],
			says: [says],
		})),
		{
			name: 'certificates that are counted and not there',
			exchanges: [read('getAllSSLCertificates', undefined, { result, totalRows: '1' })],
			says: ['PAM360 answered without the certificates, although it counted 1'],
		},
	],
});

describeOperation(kit, 'certificate', 'get', {
	cases: [
		{
			name: 'gives every certificate of the name, each under its number',
			parameters: { commonName: ' *.example.com ' },
			exchanges: [
				read(
					'getCertificateDetails',
					{ common_name: '*.example.com' },
					{ name: 'getCertificateDetails', result, 12: record, 13: { SerialNumber: '2' } },
				),
			],
			items: [
				{ ...item, id: '12' },
				unknown({ id: '13', commonName: '*.example.com', serialNumber: '2' }),
			],
			raw: [record, { SerialNumber: '2' }],
		},
		{
			name: 'takes a list as well',
			parameters: { commonName: 'host.example.com' },
			exchanges: [
				read(
					'getCertificateDetails',
					{ common_name: 'host.example.com' },
					{ result, details: [record] },
				),
			],
			items: [item],
		},
		{
			name: 'asks for one of them',
			parameters: {
				commonName: 'host.example.com',
				additionalFields: { serialNumber: ' 18e4a0b0d5f ' },
			},
			exchanges: [
				read(
					'getCertificateDetails',
					{ common_name: 'host.example.com', serial_number: '18e4a0b0d5f' },
					{ result, details: [record] },
				),
			],
			items: [item],
		},
	],
	refused: [['no name', { commonName: '={{ " " }}' }, "'Common Name' is required"]],
});
