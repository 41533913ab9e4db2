import { outcomeOf } from '../../../nodes/shared/outcome';
import type { OutcomeRow } from '../../../nodes/shared/outcome';

const table: Array<OutcomeRow<number>> = [
	{ answer: 'small', when: (value) => value < 10, outcome: 'done', source: 'a' },
	{ answer: 'even', when: (value) => value % 2 === 0, outcome: 'refused', source: 'b' },
	{ answer: 'anything', when: () => true, outcome: 'unknown', source: 'c' },
];

it.each([
	[4, 'done'],
	[12, 'refused'],
	[13, 'unknown'],
])('the first row that fits tells: %d', (answer, outcome) => {
	expect(outcomeOf(table, answer).outcome).toBe(outcome);
});
