import { inspect } from 'node:util';
import { Lanes } from '../../../nodes/shared/lanes';
import { fakeTime } from './transportSupport';

beforeEach(fakeTime);
afterEach(() => {
	jest.useRealTimers();
});

const ask = () => ({ perSecond: 0, share: { underWay: 0 } });

it('are one for each server and key', () => {
	const lanes = new Lanes();
	const lane = lanes.of({ server: 'https://a.example.com/api', key: '1' });
	expect(lanes.of({ server: 'https://a.example.com:443/iso/', key: '1' })).toBe(lane);
	expect(lanes.of({ server: 'https://a.example.com:8443/api', key: '1' })).not.toBe(lane);
	expect(lanes.of({ server: 'http://a.example.com/api', key: '1' })).not.toBe(lane);
	expect(lanes.of({ server: 'https://b.example.com/api', key: '1' })).not.toBe(lane);
	expect(lanes.of({ server: 'https://a.example.com/api', key: '2' })).not.toBe(lane);
	expect(lanes.size).toBe(5);
});

it('hold no key in clear', () => {
	const lanes = new Lanes();
	lanes.of({ server: 'https://a.example.com', key: 'canary-token' });
	expect(inspect(lanes, { depth: 20, showHidden: true })).not.toContain('canary-token');
});

it('are forgotten when nothing has gone that way for ten minutes', async () => {
	const lanes = new Lanes();
	const account = { server: 'https://a.example.com', key: '1' };
	const lane = lanes.of(account);
	const turn = await lane.turn(ask());
	await jest.advanceTimersByTimeAsync(11 * 60_000);
	// A long call is still under way.
	lanes.of({ server: 'https://b.example.com', key: '1' });
	expect(lanes.of(account)).toBe(lane);
	lane.answered(turn!, 'GET /');
	await jest.advanceTimersByTimeAsync(9 * 60_000);
	const next = await lane.turn(ask());
	lane.over(next!);
	await jest.advanceTimersByTimeAsync(9 * 60_000);
	expect(lanes.of(account)).toBe(lane);
	await jest.advanceTimersByTimeAsync(2 * 60_000);
	expect(lanes.of(account)).not.toBe(lane);
	expect(lanes.size).toBe(1);
});
