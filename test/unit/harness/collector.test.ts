import { once } from 'node:events';
import { connect } from 'node:net';
import { startCollector } from '../../e2e/support/collector';
import type { Collector } from '../../e2e/support/collector';

describe('what collects the reports of an n8n', () => {
	let collector: Collector<{ run: string }>;

	beforeEach(async () => {
		collector = await startCollector();
	});
	afterEach(async () => await collector.close());

	it('goes on where one breaks off, since n8n was killed', async () => {
		const unhandled = jest.fn();
		process.on('unhandledRejection', unhandled);
		const dying = connect(Number(new URL(collector.url).port), '127.0.0.1');
		dying.write(
			'POST / HTTP/1.1\r\nHost: n8n\r\nExpect: 100-continue\r\nContent-Length: 100\r\n\r\n',
		);
		// It has begun to read.
		await once(dying, 'data');
		dying.write('{"run":');
		dying.destroy();
		await once(dying, 'close');

		const { status } = await fetch(collector.url, { method: 'POST', body: '{"run":"2"}' });

		await new Promise(setImmediate);
		process.off('unhandledRejection', unhandled);
		expect(status).toBe(200);
		expect(collector.reports).toEqual([{ run: '2' }]);
		expect(unhandled).not.toHaveBeenCalled();
	});
});
