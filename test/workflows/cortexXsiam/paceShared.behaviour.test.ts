import { DEEDS, runCrowd } from '../crowd';
import { pacedTenant } from './pacing';

const { crowd, expectAll, refusals } = pacedTenant();

it.each(DEEDS)(
	'six executions at once share one pace, so that the tenant refuses nothing: %s',
	async (deed) => {
		const six = crowd(deed, 6, deed === 'rotate' ? 5 : 30);
		expectAll(six, await runCrowd(six));
		expect(refusals()).toBe(0);
	},
);
