import { Rebuilder } from '../../../scripts/host/rebuild';

/** Work whose builds end when they are told to. */
function byHand() {
	const log: string[] = [];
	const builds: Array<(problem?: string) => void> = [];
	const rebuilder = new Rebuilder({
		build: async () => {
			log.push('build');
			return await new Promise((resolve) => builds.push(resolve));
		},
		replace: async () => void log.push('replace'),
		say: (text) => log.push(text),
	});
	const finish = async (problem?: string) => {
		builds.shift()?.(problem);
		await new Promise(setImmediate);
	};
	return { rebuilder, log, finish };
}

describe('a change of the sources', () => {
	it('is built, and then replaces what runs', async () => {
		const { rebuilder, log, finish } = byHand();
		const done = rebuilder.change('nodes/a.ts');
		expect(log).toEqual(['nodes/a.ts', 'build']);
		await finish();
		await done;
		expect(log).toEqual(['nodes/a.ts', 'build', 'replace']);
	});

	it('replaces nothing where it does not build, and can be mended', async () => {
		const { rebuilder, log, finish } = byHand();
		const broken = rebuilder.change('nodes/a.ts');
		await finish('a.ts:1: unexpected token');
		await broken;
		expect(log.at(-1)).toContain('a.ts:1: unexpected token');
		expect(log).not.toContain('replace');
		const mended = rebuilder.change('nodes/a.ts');
		await finish();
		await mended;
		expect(log.at(-1)).toBe('replace');
	});

	it('during a build is built after it, once for all, and only the last runs', async () => {
		const { rebuilder, log, finish } = byHand();
		const all = ['nodes/a.ts', 'nodes/b.ts', 'nodes/c.ts', 'nodes/b.ts'].map((file) =>
			rebuilder.change(file),
		);
		expect(log).toEqual(['nodes/a.ts', 'build']);
		await finish();
		expect(log).toEqual(['nodes/a.ts', 'build', 'nodes/b.ts and 1 more', 'build']);
		await finish();
		await Promise.all(all);
		expect(log.filter((entry) => entry === 'replace')).toHaveLength(1);
		expect(log.at(-1)).toBe('replace');
	});

	it('is built although an earlier one ended in an exception', async () => {
		let fails = true;
		const log: string[] = [];
		const rebuilder = new Rebuilder({
			build: async () => {
				if (fails) throw new Error('no such program');
				return undefined;
			},
			replace: async () => void log.push('replace'),
			say: () => {},
		});
		await expect(rebuilder.change('nodes/a.ts')).rejects.toThrow('no such program');
		fails = false;
		await rebuilder.change('nodes/a.ts');
		expect(log).toEqual(['replace']);
	});
});
