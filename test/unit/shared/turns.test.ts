import { Turns } from '../../../nodes/shared/turns';

/** A task that ends when it is told to. */
function task(begun: string[], name: string) {
	let end: (error?: Error) => void = () => {};
	const ended = new Promise<string>((resolve, reject) => {
		end = (error) => (error ? reject(error) : resolve(name));
	});
	return {
		end: (error?: Error) => {
			end(error);
		},
		run: async () => {
			begun.push(name);
			return await ended;
		},
	};
}

const settle = async () => await new Promise((resolve) => setImmediate(resolve));

it('begins a task when the one before it of the same name has ended, however it did', async () => {
	const turns = new Turns();
	const begun: string[] = [];
	const [first, second, other] = ['first', 'second', 'other'].map((name) => task(begun, name));
	const one = turns.take('a', first!.run).catch((error: Error) => error.message);
	const two = turns.take('a', second!.run);
	const three = turns.take('b', other!.run);
	await settle();
	expect(begun).toEqual(['first', 'other']);
	first!.end(new Error('broken'));
	await settle();
	expect(begun).toEqual(['first', 'other', 'second']);
	second!.end();
	other!.end();
	expect(await Promise.all([one, two, three])).toEqual(['broken', 'second', 'other']);
	await settle();
	expect(turns.size).toBe(0);
});

it('begins a task after the last one that waits, whatever has ended before', async () => {
	const turns = new Turns();
	const begun: string[] = [];
	const [first, second, third] = ['first', 'second', 'third'].map((name) => task(begun, name));
	const one = turns.take('a', first!.run);
	const two = turns.take('a', second!.run);
	first!.end();
	await one;
	await settle();
	const three = turns.take('a', third!.run);
	await settle();
	expect(begun).toEqual(['first', 'second']);
	second!.end();
	await two;
	await settle();
	expect(begun).toEqual(['first', 'second', 'third']);
	third!.end();
	expect(await three).toBe('third');
	await settle();
	expect(turns.size).toBe(0);
});
