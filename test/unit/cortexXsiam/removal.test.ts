import { removeKey, takeBack } from '../../../nodes/CortexXsiam/api/removal';
import type { KeyRemoval } from '../../../nodes/CortexXsiam/api/removal';
import { Failure } from '../../../nodes/shared/failure';
import { NotInTime } from '../../../nodes/shared/tooMany';

jest.mock('n8n-workflow', (): unknown => ({
	...jest.requireActual<object>('n8n-workflow'),
	sleep: async () => {},
}));

const lost = new Failure('Timed out', { kind: 'lost' });
const refused = new Failure('Forbidden', { kind: 'refused' });
const late = new NotInTime('Too late', { kind: 'notSent' });

/** @param answer How many it says that it deleted; and then whether the key is there. */
function tenant(answer: number | Failure, isThere: boolean | Failure) {
	const calls: string[] = [];
	const of = (name: string): KeyRemoval => ({
		ownKeyId: '1',
		deleteKeys: async () => {
			calls.push(`${name}delete`);
			if (answer instanceof Failure) throw answer;
			return answer;
		},
		existingKeys: async (ids) => {
			calls.push(`${name}look`);
			if (isThere instanceof Failure) throw isThere;
			return isThere ? ids : [];
		},
		evenIfCancelled: () => of('even if cancelled: '),
	});
	return { api: of(''), calls };
}

it.each<[string, number | Failure, boolean | Failure, string, Failure | undefined]>([
	['was deleted', 1, true, 'gone', undefined],
	['was not deleted', 0, true, 'there', undefined],
	['was deleted by somebody else', 0, false, 'gone', undefined],
	['could not be deleted', refused, true, 'there', refused],
	['could not be deleted, and is gone', refused, false, 'gone', undefined],
	['may still be deleted', lost, true, 'unknown', lost],
	['was deleted, and nobody said so', lost, false, 'gone', undefined],
	['is not listed to anybody', 0, refused, 'unknown', refused],
	['may have been deleted, and is not listed to anybody', lost, refused, 'unknown', lost],
])('a key that %s', async (_, answer, isThere, fate, failure) => {
	const { api } = tenant(answer, isThere);
	const told = await removeKey(api, '7');
	expect({ fate: told.fate, failure: told.failure }).toEqual({ fate, failure });
});

it('a deletion that was not sent is not looked up', async () => {
	const { api, calls } = tenant(late, true);
	expect(await removeKey(api, '7')).toEqual({ fate: 'there', failure: late });
	expect(calls).toEqual(['delete']);
});

it.each<[number | Failure, boolean, boolean]>([
	[1, true, true],
	[0, true, false],
	[lost, true, false],
	[lost, false, true],
])('takes a key back where it is gone: %#', async (answer, isThere, isGone) => {
	const { api, calls } = tenant(answer, isThere);
	expect(await takeBack(api, '7')).toBe(isGone);
	expect(calls[0]).toBe('even if cancelled: delete');
});
