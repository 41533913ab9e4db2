import { describeOperation } from '../kit/operation';
import { kit, success } from './kit';

/** What the vendor's pages have each kind of entry say; the second time it is a success, too. */
const KINDS = [
	[
		'safePassword',
		'password',
		'Password successfully activated',
		'Password successfully deactivated',
		'Password has already been',
	],
	[
		'safeNote',
		'note',
		'Note successfully activated',
		'Note successfully deactivated',
		'Note has already been',
	],
	[
		'safeApiSecret',
		'secretapi',
		'Api secret activated successfully',
		'Api secret successfully deactivated',
		'Api secret has already been',
	],
] as const;

/** The suite of one kind and direction. */
function suiteOf(kind: number, enabled: boolean): Parameters<typeof describeOperation>[3] {
	const [type, path, activated, deactivated, already] = KINDS[kind] ?? KINDS[0];
	const call = {
		method: 'POST' as const,
		path: `/api/mysafe/${path}/${enabled ? 'active' : 'inactive'}/312`,
	};
	const item = { vendor: 'senhasegura', type, id: '312', enabled, changed: true };
	return {
		cases: [
			{
				name: 'says that it was changed',
				parameters: { identifier: '312' },
				exchanges: [{ ...call, reply: success(enabled ? activated : deactivated) }],
				items: item,
			},
			{
				name: 'says that there was nothing to change',
				parameters: { identifier: 312 },
				exchanges: [
					{ ...call, reply: success(`${already} ${enabled ? 'activated' : 'deactivated'}`) },
				],
				items: { ...item, changed: false },
			},
			{
				name: 'does not know what an answer without a text means',
				parameters: { identifier: '312' },
				exchanges: [{ ...call, reply: success('') }],
				items: { ...item, changed: null },
				hints: ['It is not known whether there was anything to change'],
			},
			{
				name: 'does not know who did it where the first answer was lost',
				parameters: { identifier: '312' },
				exchanges: [
					{ ...call, reply: '' },
					{ ...call, reply: success(`${already} ${enabled ? 'activated' : 'deactivated'}`) },
				],
				items: { ...item, changed: null },
				hints: ['It is not known whether there was anything to change'],
			},
		],
		refused: [
			[
				'an identifier that is none',
				{ identifier: '1/2' },
				"'Identifier' must be the number of an entry",
			],
		],
		failures: [
			{
				name: 'an entry of somebody else',
				exchanges: [
					{
						...call,
						status: 400,
						reply: {
							response: { status: 400, message: '1006: User does not have access', error: true },
						},
					},
				],
				says: ['The owner of the access key has no access to this entry'],
			},
		],
	};
}

describeOperation(kit, 'safePassword', 'enable', suiteOf(0, true));
describeOperation(kit, 'safePassword', 'disable', suiteOf(0, false));
describeOperation(kit, 'safeNote', 'enable', suiteOf(1, true));
describeOperation(kit, 'safeNote', 'disable', suiteOf(1, false));
describeOperation(kit, 'safeApiSecret', 'enable', suiteOf(2, true));
describeOperation(kit, 'safeApiSecret', 'disable', suiteOf(2, false));
