import { count, textReport, withTable } from '../../kill/report';
import type { ScenarioResult } from '../../kill/run';
import type { Scenario } from '../../kill/scenarios/scenario';
import { entry, result } from './support';

const broken = result({
	kind: 'late',
	label: 'generate',
	findings: [{ invariant: 'I4', text: 'two live keys' }],
});

const seen = (changes: Partial<ScenarioResult> = {}): ScenarioResult => ({
	scenario: { name: 'some', title: 'Some rotation' } as Scenario,
	undisturbed: result({ kind: 'none', number: 0, entries: [entry()] }),
	points: [result(), result({ kind: 'killBefore', days: 5 }), broken],
	total: 4,
	took: 60,
	...changes,
});

const place = 'Before\n\n<!-- table of some -->\nold\n<!-- end of the table -->\nAfter\n';

describe('the report of a killed rotation', () => {
	it('counts points, and what is not tried as what does not hold', () => {
		expect(count([seen()])).toEqual({ passed: 3, failed: 1 });
		const untried = result({ error: 'Nothing was asked for.' });
		expect(count([seen({ points: [untried] })])).toEqual({ passed: 1, failed: 1 });
	});

	it('says how many of the points were tried, and what broke where', () => {
		const text = textReport([seen()]);
		expect(text).toContain('Some rotation, 3 of 4 points in 60 s');
		expect(text).toMatch(/^3 generate +ok +ok +I4$/mu);
		expect(text).toContain('  I4  two live keys');
	});

	it('puts the table into the place that a text has for it', () => {
		const text = withTable(place, seen({ total: 3 }), 'newest');
		expect(text).toBe(`Before

<!-- table of some -->

3 points:

| disturbance | I1 | I2 | I3 | I4 | I5 | days at most |
| --- | --- | --- | --- | --- | --- | --- |
| undisturbed | 1/1 | 1/1 | 1/1 | 1/1 | 1/1 | 3 |
| killed before | 1/1 | 1/1 | 1/1 | 1/1 | 1/1 | 5 |
| killed after | 1/1 | 1/1 | 1/1 | 1/1 | 1/1 | 3 |
| answer lost, done when the run has ended | 1/1 | 1/1 | 1/1 | 0/1 | 1/1 | 3 |

<!-- end of the table -->
After
`);
		expect(withTable(text, seen({ total: 3 }), 'newest')).toBe(text);
		expect(() => withTable('no place', seen(), 'newest')).toThrow(
			/no place for the table of some/u,
		);
	});

	it('has a place for each release of n8n', () => {
		const both = `${place}\n${place.replace('of some', 'of some, oldest')}`;
		const [newest = '', oldest = ''] = withTable(both, seen(), 'oldest').split('After\n\n');
		expect(newest).toContain('old\n');
		expect(oldest).toContain('3 of 4 points');
		expect(() => withTable(place, seen(), 'oldest')).toThrow(/the table of some, oldest/u);
	});
});
