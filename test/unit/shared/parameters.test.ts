import type { IExecuteFunctions } from 'n8n-workflow';
import { z } from 'zod';
import { readParameters } from '../../../nodes/shared/parameters';
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
	const asked: string[] = [];
	const context = {
		getTimezone: () => 'UTC',
		getNodeParameter: (name: string, _index: number, _fallback: unknown, how?: object) => {
			if (how) return isWritten ? values[name] : `={{ $json.${name} }}`;
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
	const given = await readParameters(context, hiding, 0, [], async () => '');
	return { given, asked };
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
