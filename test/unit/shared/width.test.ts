import { WIDEST, Width } from '../../../nodes/shared/width';

/** A server in the time of the test: how long an answer takes with so many requests under way, or a refusal. */
type Server = (underWay: number, at: number) => number | 'refused';

interface Outcome {
	/** Milliseconds that all of it took. */
	time: number;
	/** The most requests that were under way at the same time. */
	peak: number;
	refused: number;
	/** How many there were under way when each request was sent. */
	widths: number[];
}

/**
 * Sends requests as many at a time as the width allows, again where one was refused.
 *
 * @param busyShare Which part of the time the process is at work.
 */
function send(width: Width, server: Server, count: number, start = 0, busyShare = 0): Outcome {
	const outcome: Outcome = { time: 0, peak: 0, refused: 0, widths: [] };
	const underWay: Array<{ startedAt: number; endsAt: number; isRefused: boolean }> = [];
	let now = start;
	for (let left = count; left > 0 || underWay.length > 0;) {
		while (left > 0 && underWay.length < width.now) {
			left -= 1;
			const answer = server(underWay.length + 1, now);
			const isRefused = answer === 'refused';
			underWay.push({ startedAt: now, endsAt: now + (isRefused ? 1 : answer), isRefused });
			outcome.widths.push(underWay.length);
		}
		outcome.peak = Math.max(outcome.peak, underWay.length);
		underWay.sort((a, b) => a.endsAt - b.endsAt);
		const isFull = underWay.length >= width.now / 2;
		const next = underWay.shift()!;
		now = next.endsAt;
		if (next.isRefused) {
			outcome.refused += 1;
			left += 1;
			width.overloaded(next.startedAt, now);
		} else {
			const busy = (now - next.startedAt) * busyShare;
			width.answered('GET /', { startedAt: next.startedAt, now, busy }, isFull);
		}
	}
	outcome.time = now - start;
	return outcome;
}

const steady: Server = () => 50;

it('begins with a few, and reaches its bound within a few rounds of quick answers', () => {
	const width = new Width();
	expect(width.now).toBeLessThanOrEqual(10);
	const { peak, time } = send(width, steady, 1000);
	expect(peak).toBe(WIDEST);
	// With all of the width from the start it would take 1,000 ms.
	expect(time).toBeLessThanOrEqual(1200);
});

it('does not grow where it is made no use of', () => {
	const width = new Width();
	const first = width.now;
	for (let at = 0; at < 100_000; at += 100)
		width.answered('GET /', { startedAt: at, now: at + 50, busy: 0 }, false);
	expect(width.now).toBe(first);
});

it('is not misled by pauses of the process that it runs in', () => {
	const width = new Width();
	send(width, steady, 500);
	// Everything that is under way is late by as much.
	send(width, (_, at) => (at < 1020 ? 250 : 50), WIDEST, 1000);
	expect(width.now).toBe(WIDEST);
});

it('does not take for load what this process itself has to do', () => {
	const width = new Width();
	send(width, steady, 100);
	// Each answer costs this process three milliseconds, so that many at a time are looked at late.
	const handled: Server = (underWay) => Math.max(50, 3 * underWay);
	send(width, handled, 500, 10_000, 0.9);
	expect(width.now).toBe(WIDEST);
});

it('sees through what this process itself has to do', () => {
	const thrashing: Server = (underWay) => 20 + underWay ** 2;
	const { widths } = send(new Width(), thrashing, 5000, 0, 0.5);
	expect(Math.max(...widths)).toBeLessThan(30);
});

it('leaves a server alone that slows down with what it has to do', () => {
	// It works on ten at a time, and what comes on top of that takes its share from all.
	const shared: Server = (underWay) => 50 * Math.max(1, underWay / 10);
	const { peak, widths } = send(new Width(), shared, 5000);
	expect(peak).toBeLessThanOrEqual(35);
	// With fewer than ten it would have nothing to do at times.
	const settled = widths.slice(500);
	expect(settled.reduce((sum, width) => sum + width, 0) / settled.length).toBeGreaterThan(9);
});

it('leaves a server alone that breaks down under what it has to do', () => {
	const thrashing: Server = (underWay) => 20 + underWay ** 2;
	const { peak } = send(new Width(), thrashing, 5000);
	expect(peak).toBeLessThan(20);
});

it('finds out what a server bears that refuses the thirtieth connection', () => {
	const { peak, refused } = send(
		new Width(),
		(underWay) => (underWay >= 30 ? 'refused' : 50),
		5000,
	);
	expect(peak).toBeLessThanOrEqual(40);
	expect(refused).toBeLessThan(100);
});

it('is halved once for all that was under way, down to two', () => {
	const width = new Width();
	send(width, steady, 500);
	for (let index = 0; index < 20; index++) width.overloaded(1000, 1010 + index);
	expect(width.now).toBe(WIDEST / 2);
	for (let at = 2000; at < 3000; at += 100) width.overloaded(at, at + 10);
	expect(width.now).toBe(2);
	// And recovers by about one with each round.
	send(width, steady, 2 + 3 + 4, 4000);
	expect(width.now).toBe(4);
});

it('takes a server that is slower from now on for what it is, in the end', () => {
	const width = new Width();
	send(width, steady, 500);
	const slower: Server = () => 500;
	send(width, slower, 500, 10_000);
	expect(width.now).toBeLessThan(20);
	send(width, slower, 2000, 120_000);
	expect(width.now).toBeGreaterThan(30);
});

it('tells kinds of requests apart that take a different time anyway', () => {
	const width = new Width();
	for (let at = 0; at < 5000; at += 50) {
		width.answered('GET /one', { startedAt: at, now: at + 10, busy: 0 }, true);
		width.answered('GET /all', { startedAt: at, now: at + 400, busy: 0 }, true);
	}
	expect(width.now).toBe(WIDEST);
});

it('does not remember every path that there is', () => {
	const width = new Width();
	for (let index = 0; index < 1000; index++)
		width.answered(`GET /${index}`, { startedAt: index, now: index + 10, busy: 0 }, true);
	// The first is measured anew, and its 400 ms are what it takes.
	for (let round = 0; round < 200; round++) {
		width.answered(
			'GET /0',
			{ startedAt: 2000 + round * 500, now: 2400 + round * 500, busy: 0 },
			true,
		);
	}
	expect(width.now).toBe(WIDEST);
});
