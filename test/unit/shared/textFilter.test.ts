import { hasPart, isText, textFilterParam } from '../../../nodes/shared/textFilter';

it.each([
	['soc', ['SOC Berlin'], true],
	['SOC', [null, undefined, 'the soc'], true],
	['soc', [{}, ['soc'], ''], false],
	['7', [4711], true],
	['straße', ['STRASSE'], false],
	['É', ['café'], true],
	[undefined, [], true],
	[undefined, [null], true],
])('%j is a part of one of %j: %s', (wanted, texts, expected) => {
	expect(hasPart(wanted, ...texts)).toBe(expected);
});

it.each([
	['active', ['Active'], true],
	['Active', [' active '], true],
	['active', ['inactive', null], false],
	['7', [7], true],
	[undefined, ['x'], true],
])('%j is one of %j: %s', (wanted, texts, expected) => {
	expect(isText(wanted, ...texts)).toBe(expected);
});

it('says of each such filter that the node applies it', () => {
	const field = { displayName: 'Name Contains', name: 'name', placeholder: 'e.g. SOC' };
	expect(textFilterParam(field, 'A part of the name').fields).toEqual([
		{
			...field,
			type: 'string',
			default: '',
			description:
				'A part of the name, in upper or lower case. All are read, and then filtered by the node.',
		},
	]);
});
