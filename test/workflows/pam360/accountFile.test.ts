import type { Exchange } from '../kit/exchanges';
import { describeOperation } from '../kit/operation';
import { inputData, kit, success } from './kit';
import { V1, byName, ids, lookUp } from './accountSamples';

const BYTES = Buffer.from([0, 1, 2, 0xff, 0xfe, 0x80, 0x0d, 0x0a, 0x7b]);
const download = (more: Partial<Exchange>, query = ''): Exchange => ({
	method: 'GET',
	path: `${V1}/resources/1/accounts/12/downloadfile${query}`,
	replyHeaders: {
		'Content-Type': 'application/octet-stream',
		'Content-Disposition': 'attachment; filename="licence \\"1\\".key"',
	},
	reply: BYTES,
	...more,
});
const file = (fileName: string, mimeType: string, fileSize: number) => ({
	vendor: 'pam360',
	type: 'file',
	id: '12',
	resourceId: '1',
	fileName,
	mimeType,
	fileSize,
});
const LOGIN = '<!DOCTYPE html><html><body>Sign in</body></html>';

describeOperation(kit, 'account', 'downloadFile', {
	cases: [
		{
			name: 'keeps every byte, and the name that the server gives',
			parameters: ids,
			exchanges: [download({})],
			items: file('licence "1".key', 'application/octet-stream', BYTES.length),
			raw: { fileName: 'licence "1".key', contentType: 'application/octet-stream' },
			binary: {
				data: {
					content: BYTES,
					fileName: 'licence "1".key',
					mimeType: 'application/octet-stream',
				},
			},
		},
		{
			name: 'sends reason and ticket, and takes a name out of a folder and of its encoding',
			parameters: {
				resourceId: byName('res1'),
				accountId: byName('cert'),
				binaryPropertyName: 'key',
				additionalFields: { reason: 'renewal & more', ticketId: 7 },
			},
			exchanges: [
				lookUp('RESOURCENAME=res1&ACCOUNTNAME=cert'),
				download(
					{
						replyHeaders: {
							'Content-Type': 'text/plain; charset=utf-8',
							'Content-Disposition':
								"attachment; filename=plain.pem; filename*=UTF-8''..%2F..%2Fschl%C3%BCssel.pem",
						},
						reply: '{"kind": "a file that is JSON"}',
					},
					`?${inputData({ REASON: 'renewal & more', TICKETID: '7' })}`,
				),
			],
			items: file('schlüssel.pem', 'text/plain', 31),
			binary: { key: { content: '{"kind": "a file that is JSON"}', fileName: 'schlüssel.pem' } },
		},
		{
			name: 'names a file that the server does not name',
			parameters: ids,
			exchanges: [download({ replyHeaders: { 'Content-Type': '' } })],
			items: file('pam360-account-12', 'application/octet-stream', BYTES.length),
			binary: { data: { content: BYTES, fileName: 'pam360-account-12' } },
		},
		{
			name: 'takes a web page and nothing for a file where the server calls it one',
			parameters: ids,
			exchanges: [
				download({
					replyHeaders: {
						'Content-Type': 'text/html',
						'Content-Disposition': 'attachment; filename=page.html',
					},
					reply: LOGIN,
				}),
			],
			items: file('page.html', 'text/html', LOGIN.length),
			binary: { data: { content: LOGIN, fileName: 'page.html', mimeType: 'text/html' } },
		},
	],
	refused: [
		[
			'no field for the file',
			{ binaryPropertyName: ' ' },
			"'Put Output File in Field' must be the name of a field",
		],
	],
	failures: [
		{
			name: 'a failure with the content type of a file',
			exchanges: [download({ reply: JSON.stringify(kit.refusal.reply) })],
			says: ['PAM360 knows no such account', "add 'Reason' or 'Ticket ID'"],
		},
		{
			name: 'a success in JSON, without a file',
			exchanges: [download({ reply: success('GET FILE') })],
			says: ['PAM360 reported success but sent no file'],
		},
		{
			name: 'a login page',
			exchanges: [download({ replyHeaders: { 'Content-Type': 'text/html' }, reply: LOGIN })],
			says: ['PAM360 answered with a web page instead of JSON'],
		},
		{
			name: 'nothing, as where the API user’s host cannot be resolved',
			exchanges: [download({ replyHeaders: {}, reply: '' })],
			says: ['PAM360 answered with an empty body', 'host name'],
		},
		{
			name: 'a file with the status of a failure',
			exchanges: [download({ status: 403 })],
			says: ['PAM360 answered with something that is not JSON (HTTP 403)'],
		},
	],
});
