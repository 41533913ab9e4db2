import { Agent } from 'node:https';
import {
	createClientIdentity,
	type Pam360Simulator,
	startPam360Simulator,
	untilThereAre,
} from '../../simulators';
import { call } from './call';
import { issue, path } from './agentKeyCall';

/** What comes to be, sooner or later. */
async function until(isSo: () => boolean): Promise<void> {
	while (!isSo()) await new Promise((resolve) => setTimeout(resolve, 5));
}

describe('trouble, log and transport of a simulator', () => {
	let sim: Pam360Simulator;

	beforeAll(async () => {
		sim = await startPam360Simulator();
	});

	afterEach(() => {
		jest.restoreAllMocks();
		sim.reset();
	});

	afterAll(async () => await sim.close());

	const send = async () => await call(sim.url + path, issue);

	it('waits before the work', async () => {
		sim.trouble.add({ kind: 'latency', ms: 60, times: 1 });
		const slow = send();
		await new Promise((resolve) => setTimeout(resolve, 30));
		expect(sim.state.keys).toHaveLength(0);
		expect((await slow).status).toBe(200);
		expect(sim.state.keys).toHaveLength(1);
	});

	it('waits between the work and its answer', async () => {
		sim.trouble.add({ kind: 'latency', ms: 60_000, when: 'afterWork' });
		const caller = new AbortController();
		const lost = call(sim.url + path, { ...issue, signal: caller.signal });
		const rejected = expect(lost).rejects.toThrow(/abort/iu);
		await until(() => sim.state.keys.length > 0);
		caller.abort();
		await rejected;
		expect(sim.state.keys).toHaveLength(1);
	});

	it('gets slower with what it has to do at the same time', async () => {
		const handle = sim.trouble.add({ kind: 'load', ms: 40, capacity: 2 });
		const start = performance.now();
		await Promise.all(Array.from({ length: 10 }, send));
		// Ten share what two have to themselves, which is far from all of the 40 ms.
		expect(performance.now() - start).toBeGreaterThan(100);
		expect(handle.hits).toBe(10);
	});

	it('takes so many requests a second, and refuses the others without doing anything', async () => {
		// However long a busy machine takes for them, they come at once.
		jest.spyOn(performance, 'now').mockReturnValue(0);
		const handle = sim.trouble.add({ kind: 'rateLimit', perSecond: 2, retryAfter: 1 });
		const answers = await Promise.all(Array.from({ length: 5 }, send));
		const refused = answers.filter(({ status }) => status === 429);
		expect(refused).toHaveLength(3);
		expect(refused[0]?.headers['retry-after']).toBe('1');
		expect(handle.hits).toBe(3);
		expect(sim.state.keys).toHaveLength(2);
	});

	it('closes one connection too many before a request is read', async () => {
		sim.settings.maxConnections = 2;
		let go = () => {};
		const third = new Promise<void>((resolve) => (go = resolve));
		sim.gate.keeper = {
			beforeWork: async () => {
				await third;
				return 'pass';
			},
			afterWork: async () => 'pass',
			parkedWorkDone: async () => {},
		};
		const connect = async () =>
			await call(sim.url + path, { ...issue, agent: new Agent({ rejectUnauthorized: false }) });
		const held = [connect(), connect()];
		await until(() => sim.log.length === 2);
		await expect(connect()).rejects.toThrow();
		go();
		expect((await Promise.all(held)).map(({ status }) => status)).toEqual([200, 200]);
		expect(sim.connections).toMatchObject({ peak: 2, refused: 1 });
		expect(sim.log).toHaveLength(2);
	});

	it('answers a status with Retry-After and no body, and a gateway error after the work', async () => {
		sim.trouble.add({ kind: 'status', status: 429, retryAfter: 2, times: 1 });
		const refused = await send();
		expect(refused).toMatchObject({ status: 429, text: '' });
		expect(refused.headers['retry-after']).toBe('2');
		expect(sim.state.keys).toHaveLength(0);

		sim.trouble.add({
			kind: 'status',
			status: 502,
			body: { message: 'bad' },
			work: true,
			times: 1,
		});
		expect(await send()).toMatchObject({ status: 502, json: { message: 'bad' } });
		expect(sim.state.keys).toHaveLength(1);
	});

	it.each([
		['cutBeforeWork', 0],
		['cutAfterWork', 1],
	] as const)('%s leaves %i key', async (kind, keys) => {
		sim.trouble.add({ kind, times: 1 });
		await expect(send()).rejects.toMatchObject({ code: 'ECONNRESET' });
		expect(sim.state.keys).toHaveLength(keys);
		expect(sim.log[0]).toMatchObject({ outcome: 'cut', status: null, body: issue.body });
		expect((await send()).status).toBe(200);
	});

	it('answers nothing, half a JSON, and JSON called HTML, each after the work', async () => {
		sim.trouble.add({ kind: 'emptyBody', times: 1 });
		sim.trouble.add({ kind: 'garbage', times: 1 });
		sim.trouble.add({ kind: 'wrongContentType', times: 1 });

		expect(await send()).toMatchObject({ status: 200, text: '' });
		const garbage = await send();
		expect(garbage.json).toBeUndefined();
		expect(garbage.text).toContain('agentKey');
		const html = await send();
		expect(html.headers['content-type']).toMatch('text/html');
		expect(html.at('operation.result.status')).toBe('Success');
		expect(sim.state.keys).toHaveLength(3);
	});

	it('shows a page in place of the answer, with and without the work', async () => {
		sim.trouble.add({ kind: 'html', times: 1 });
		sim.trouble.add({ kind: 'html', status: 503, work: true, times: 1 });
		expect(await send()).toMatchObject({
			status: 200,
			text: expect.stringContaining('<html>') as unknown,
		});
		expect(sim.state.keys).toHaveLength(0);
		expect(await send()).toMatchObject({ status: 503 });
		expect(sim.state.keys).toHaveLength(1);
	});

	it('sends any body', async () => {
		sim.trouble.add({ kind: 'rawBody', body: 'null', status: 203, contentType: 'text/plain' });
		const answer = await send();
		expect(answer).toMatchObject({ status: 203, text: 'null' });
		expect(answer.headers['content-type']).toBe('text/plain');
	});

	it('cuts in the middle of an answer', async () => {
		sim.trouble.add({ kind: 'truncate', times: 1 });
		await expect(send()).rejects.toMatchObject({ message: 'aborted' });
		expect(sim.state.keys).toHaveLength(1);
		expect(sim.log[0]).toMatchObject({ outcome: 'cut', status: 200 });
	});

	it('redirects', async () => {
		sim.trouble.add({ kind: 'redirect', to: 'https://login.example.test/' });
		const answer = await send();
		expect(answer.status).toBe(302);
		expect(answer.headers.location).toBe('https://login.example.test/');
	});

	it.each([false, true])('hangs until it is closed (work: %s)', async (work) => {
		const own = await startPam360Simulator();
		own.trouble.add({ kind: 'hang', work });
		const hanging = expect(call(own.url + path, issue)).rejects.toMatchObject({
			code: 'ECONNRESET',
		});
		await until(() => own.log[0]?.outcome === 'hung');
		expect(own.state.keys).toHaveLength(work ? 1 : 0);
		await own.close();
		await hanging;
	});

	it('meets only the requests that match, as often as asked', async () => {
		const status = { kind: 'status', status: 500 } as const;
		sim.trouble.add({ ...status, match: '/other' });
		sim.trouble.add({ ...status, match: { method: 'GET' } });
		const met = sim.trouble.add({ ...status, match: { path: /agentkey$/gu }, times: 2, skip: 1 });
		const statuses: number[] = [];
		for (let count = 0; count < 4; count += 1) statuses.push((await send()).status);
		expect(statuses).toEqual([200, 500, 500, 200]);
		expect(met.hits).toBe(2);

		const all = sim.trouble.add({ ...status, match: path });
		expect((await send()).status).toBe(500);
		all.remove();
		expect((await send()).status).toBe(200);
	});

	it('records what was on the wire', async () => {
		const body = Buffer.from('INPUT_DATA=%7b%22a%22%3A1}&x=\u00e9\xff', 'latin1');
		const url = `${sim.url}${path}?a=%2f+b&c=d%7E`;
		await call(url, { method: 'POST', headers: { 'X-Odd-Case': 'A', authtoken: 'no' }, body });
		const [entry] = sim.log;
		expect(entry).toMatchObject({
			number: 1,
			method: 'POST',
			url: `${path}?a=%2f+b&c=d%7E`,
			path,
			status: 200,
			outcome: 'answered',
		});
		expect(entry?.rawBody.equals(body)).toBe(true);
		expect(entry?.rawHeaders).toEqual(expect.arrayContaining(['X-Odd-Case', 'A']));
	});

	it('keeps the last 5,000 requests and counts those at work at once', async () => {
		const agent = new Agent({ keepAlive: true, maxSockets: 4, ca: sim.certificate });
		const quick = async () =>
			await call(`${sim.url}/nothing`, { agent, headers: { connection: 'keep-alive' } });
		sim.gate.keeper = untilThereAre(4);
		await Promise.all(Array.from({ length: 8 }, quick));
		sim.gate.keeper = null;
		expect(sim.concurrency).toEqual({ now: 0, peak: 4 });
		expect(new Set(sim.log.map((entry) => entry.connection)).size).toBe(4);

		for (let count = 0; count < 50; count += 1) {
			await Promise.all(Array.from({ length: 100 }, quick));
		}
		expect(sim.log).toHaveLength(5_000);
		expect(sim.log[0]?.number).toBe(9);
		agent.destroy();
	});

	it('presents a certificate for localhost and 127.0.0.1 that can be trusted', async () => {
		const agent = new Agent({ ca: sim.certificate });
		for (const host of ['localhost', '127.0.0.1']) {
			const answer = await call(`https://${host}:${sim.port}/nothing`, { agent });
			expect(answer.status).toBe(404);
		}
		await expect(call(sim.url, { agent: new Agent() })).rejects.toMatchObject({
			code: 'DEPTH_ZERO_SELF_SIGNED_CERT',
		});
	});

	it('demands a client certificate', async () => {
		const client = createClientIdentity();
		const own = await startPam360Simulator({ clientCa: client.certificate });
		const agent = (identity: object) => new Agent({ ca: own.certificate, ...identity });
		const mine = { cert: client.certificate, key: client.key };
		expect((await call(own.url, { agent: agent(mine) })).status).toBe(404);
		await expect(call(own.url, { agent: agent({}) })).rejects.toThrow();
		await own.close();
	});

	it('speaks plain HTTP on a given port, and comes back to its settings', async () => {
		const own = await startPam360Simulator({ http: true, settings: { hostLocked: true } });
		expect(own.url).toBe(`http://localhost:${own.port}`);
		const refused = async () =>
			(await call(own.url + path, issue)).at('operation.result.status') as string;
		expect(await refused()).toBe('Failed');
		own.settings.hostLocked = false;
		expect(await refused()).toBe('Success');
		own.settings.clockOffsetMs = 86_400_000;
		const { date } = (await call(own.url + path, issue)).headers;
		expect(Date.parse(date ?? '') - Date.now()).toBeGreaterThan(86_000_000);
		own.reset();
		expect(own).toMatchObject({ log: [], state: { keys: [] }, settings: { clockOffsetMs: 0 } });
		expect(await refused()).toBe('Failed');
		await own.close();

		const again = await startPam360Simulator({ http: true, port: own.port });
		expect(again.port).toBe(own.port);
		await again.close();
	});
});
