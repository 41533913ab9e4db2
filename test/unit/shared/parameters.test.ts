import type { IExecuteFunctions } from 'n8n-workflow';
import { z } from 'zod';
import { ParameterReader } from '../../../nodes/shared/parameters';
import { operation } from '../../harness/declarations';

const fields = [
	{
		displayName: 'Until',
		name: 'until',
		type: 'string' as const,
		displayOptions: { show: { when: ['Between'], isLimited: [true] } },
		default: 'never',
	},
	{ displayName: 'When', name: 'when', type: 'string' as const, default: '' },
	{ displayName: 'Limited', name: 'isLimited', type: 'boolean' as const, default: true },
];

/** What an operation with these fields reads, and of which fields the values were asked for. */
async function read(values: Record<string, unknown>, isWritten = false) {
	const { reader, asked } = readerOf(values, isWritten);
	return { given: await reader.read(0, [], async () => ''), asked };
}

function readerOf(values: Record<string, unknown>, isWritten: boolean) {
	const asked: string[] = [];
	const written: string[] = [];
	const context = {
		getTimezone: () => 'UTC',
		getNodeParameter: (name: string, _index: number, _fallback: unknown, how?: object) => {
			if (how) {
				written.push(name);
				return isWritten ? values[name] : `={{ $json.${name} }}`;
			}
			asked.push(name);
			return values[name];
		},
	} as unknown as IExecuteFunctions;
	const hiding = operation({
		name: 'Do',
		value: 'do',
		action: 'Do it',
		description: 'Does it',
		fields,
		input: z.object({}),
		run: async () => [],
	});
	return { reader: new ParameterReader(context, hiding), asked, written };
}

it('does not read what another choice hides, wherever it stands, and takes its default', async () => {
	const { given, asked } = await read({ when: 'Last', isLimited: true, until: 'Monday' });
	expect(given).toEqual({ when: 'Last', isLimited: true, until: 'never' });
	expect(asked).toEqual(['when', 'isLimited']);
});

it('reads what is shown for a choice that an expression or an AI agent spells in its own way', async () => {
	const { given } = await read({ when: ' between', isLimited: 'true', until: 'Monday' });
	expect(given).toEqual({ when: ' between', isLimited: 'true', until: 'Monday' });
	const unlimited = await read({ when: 'Between', isLimited: 'false', until: 'Monday' });
	expect(unlimited.given.until).toBe('never');
});

it.each([
	['text', { when: ' between', isLimited: true }, "'When' must be written as 'Between'"],
	['a boolean', { when: 'Between', isLimited: 'true' }, "'Limited' must be written as 'true'"],
])('takes no default for what n8n dropped: %s in other letters', async (_kind, values, message) => {
	await expect(read({ ...values, until: 'never' }, true)).rejects.toMatchObject({
		message,
		description: expect.stringContaining("'Until'") as string,
	});
});

it('looks once for all items at how the choices are written', async () => {
	const { reader, written } = readerOf({ when: 'Between', isLimited: true, until: 'now' }, true);
	for (const index of [0, 1, 2]) await reader.read(index, [], async () => '');
	expect(written).toEqual(['when', 'isLimited']);
	const { reader: other } = readerOf({ when: 'between', isLimited: true, until: 'now' }, true);
	for (const index of [0, 1, 2]) {
		const reading = other.read(index, [], async () => '');
		await expect(reading).rejects.toMatchObject({ message: "'When' must be written as 'Between'" });
	}
});
