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
			name: 'asks for those that expire soon in a text, and leaves out what plainly expires later',
			parameters: { returnAll: true, filters: { expiresWithinDays: '={{ "45" }}' } },
			exchanges: [
				read(
					'getAllSSLCertificates',
					{ withExpiryDaysLessThan: '45' },
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
			items: [
				unknown({ commonName: null, serialNumber: '2', expiresAtText: 'soon' }),
				unknown({
					commonName: null,
					serialNumber: '3',
					expiresAtServerTime: '2021-12-27T00:00:00',
					daysLeft: expect.any(Number) as number,
				}),
			],
			hints: ["what came is in 'expiresAtText'"],
		},
	],
	refused: [
		[
			'a filter of no days',
			{ filters: { expiresWithinDays: '={{ 0 }}' } },
			"'Expires Within Days' must be at least 1",
		],
	],
	failures: [
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
