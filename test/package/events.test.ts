import type { INodePropertyOptions } from 'n8n-workflow';
import { CortexXsiamTrigger } from '../../nodes/CortexXsiam/CortexXsiamTrigger.node.ts';
import { Pam360Trigger } from '../../nodes/Pam360/Pam360Trigger.node.ts';
import { SenhaseguraTrigger } from '../../nodes/Senhasegura/SenhaseguraTrigger.node.ts';

const triggers = [new Pam360Trigger(), new CortexXsiamTrigger(), new SenhaseguraTrigger()];

/** Words that are written in capitals in the middle of a sentence. */
const CAPITALS = ['API', 'SSH'];

describe.each(triggers)('the events of $description.name', ({ description }) => {
	const event = description.properties.find(({ name }) => name === 'event');
	const events = event?.options as INodePropertyOptions[];

	it('have a text of their own in n8n’s node creator, which would write "On api key" by itself', () => {
		// n8n finds the events by this name.
		expect(event?.displayName).toBe('Event');
		expect(events.length).toBeGreaterThan(0);
		for (const { name, action = '' } of events) {
			expect(`${name}: ${action}`).toMatch(/: On [^.]+$/);
			const words = action.split(' ').slice(1);
			expect(
				words.filter((word) => word !== word.toLowerCase() && !CAPITALS.includes(word)),
			).toEqual([]);
			for (const capital of CAPITALS) {
				expect([action, words.includes(capital.toLowerCase())]).toEqual([action, false]);
			}
		}
	});
});

it('tell of a key that expires soon', () => {
	const events = new CortexXsiamTrigger().description.properties.find(
		({ name }) => name === 'event',
	)?.options as INodePropertyOptions[];
	expect(events.find(({ value }) => value === 'apiKeyExpiring')?.action).toBe(
		'On API key expires soon',
	);
});
