import { notesOf, problemsOfRelease, withRelease } from '../../../scripts/host/changelog';

const CHANGELOG = `# Changelog

What changed.

## Unreleased

### Added

- A trigger.

## 0.1.0 - 2026-01-31

- The first one.
`;

describe('a release in the changelog', () => {
	it('takes what was not released yet, and leaves room for what comes', () => {
		expect(withRelease(CHANGELOG, '0.2.0', '2026-02-28')).toBe(`# Changelog

What changed.

## Unreleased

## 0.2.0 - 2026-02-28

### Added

- A trigger.

## 0.1.0 - 2026-01-31

- The first one.
`);
	});

	it('is not made of nothing, twice, or of what is no version', () => {
		const empty = CHANGELOG.replace('### Added\n\n- A trigger.\n\n', '');
		expect(() => withRelease(empty, '0.2.0', '2026-02-28')).toThrow('nothing to release');
		expect(() => withRelease('# Changelog\n', '0.2.0', '2026-02-28')).toThrow('nothing to release');
		expect(() => withRelease(CHANGELOG, '0.1.0', '2026-02-28')).toThrow('release 0.1.0 already');
		for (const version of ['v0.2', '0.2', '0.2.0-rc.1']) {
			expect(() => withRelease(CHANGELOG, version, '2026-02-28')).toThrow(
				`"${version}" is no version such as 1.2.3.`,
			);
		}
	});

	it('is found by its version alone', () => {
		expect(notesOf(CHANGELOG, '0.1.0')).toBe('- The first one.');
		expect(notesOf(CHANGELOG, '0.1')).toBeUndefined();
		expect(notesOf(CHANGELOG, 'Unreleased')).toBeUndefined();
		expect(notesOf(CHANGELOG.replace('2026-01-31', 'unreleased'), '0.1.0')).toBeUndefined();
	});
});

describe('a tag', () => {
	it('can be published where version and changelog agree with it', () => {
		expect(problemsOfRelease('v0.1.0', '0.1.0', CHANGELOG)).toEqual([]);
	});

	it.each([
		['v0.2.0', '0.1.0', ['package.json has version 0.1.0: the tag must be v0.1.0.']],
		['0.1.0', '0.1.0', ['the tag must be v0.1.0.']],
		['v0.3.0', '0.3.0', ['CHANGELOG.md has no heading "## 0.3.0 - <year-month-day>".']],
		['v0.3.0', '0.2.0', ['the tag must be v0.2.0.', 'no heading "## 0.2.0']],
	])('cannot as %s of version %s', (tag, version, said) => {
		const problems = problemsOfRelease(tag, version, CHANGELOG);
		expect(problems).toEqual(said.map((words) => expect.stringContaining(words) as string));
	});

	it('cannot of a prerelease, which npm takes only beside a name for its kind', () => {
		const changelog = CHANGELOG.replace('## 0.1.0', '## 0.1.0-rc.1');
		expect(problemsOfRelease('v0.1.0-rc.1', '0.1.0-rc.1', changelog)).toEqual([
			'"0.1.0-rc.1" is no version such as 1.2.3.',
		]);
	});

	it('cannot where the changelog names the version and says nothing of it', () => {
		const silent = CHANGELOG.replace('- The first one.\n', '');
		expect(problemsOfRelease('v0.1.0', '0.1.0', silent)).toEqual([
			'CHANGELOG.md says nothing of 0.1.0.',
		]);
	});
});
