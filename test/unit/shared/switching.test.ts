import { switchedResult } from '../../../nodes/shared/switching';

describe('a change to a state that a thing may have been in', () => {
	it.each([{ changed: true }, { changed: false }, { changed: undefined }])(
		'needs no hint where it is known what was changed, or not told: %p',
		(told) => {
			const item = { id: '1', enabled: true, ...told };
			expect(switchedResult(item, { code: 200 })).toEqual({ item, raw: { code: 200 }, hints: [] });
		},
	);

	it('says that nobody knows whether anything was changed', () => {
		expect(switchedResult({ id: '1', changed: null }, {}).hints).toEqual([
			"It is not known whether there was anything to change, so 'changed' is null. The state is as it was asked for.",
		]);
	});
});
