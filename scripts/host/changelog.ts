/** Where what is not released yet stands in CHANGELOG.md. */
const UNRELEASED = '## Unreleased';

/** No prerelease: npm takes one only beside a name for its kind, which publishing does not give. */
const VERSION = /^\d+\.\d+\.\d+$/;

const noVersion = (text: string) => `"${text}" is no version such as 1.2.3.`;

function sectionOf(changelog: string, heading: string): string | undefined {
	const start = changelog.split('\n').findIndex((line) => line === heading);
	if (start < 0) return undefined;
	const rest = changelog.split('\n').slice(start + 1);
	const end = rest.findIndex((line) => line.startsWith('## '));
	return rest
		.slice(0, end < 0 ? undefined : end)
		.join('\n')
		.trim();
}

/** What a release has changed, as the changelog says; undefined where it does not name the version. */
export function notesOf(changelog: string, version: string): string | undefined {
	const heading = changelog.split('\n').find((line) => {
		const [, name] = /^## (\S+) - \d{4}-\d{2}-\d{2}$/.exec(line) ?? [];
		return name === version;
	});
	return heading === undefined ? undefined : sectionOf(changelog, heading);
}

/**
 * The changelog with a release: what stood under "Unreleased" gets the version and the day.
 *
 * @param day As `2026-01-31`.
 * @throws Error where there is nothing to release, or the version is there already
 */
export function withRelease(changelog: string, version: string, day: string): string {
	if (!VERSION.test(version)) throw new Error(noVersion(version));
	if (notesOf(changelog, version) !== undefined) {
		throw new Error(`CHANGELOG.md has a release ${version} already.`);
	}
	const notes = sectionOf(changelog, UNRELEASED);
	if (notes === undefined || notes === '') {
		throw new Error('CHANGELOG.md has nothing under "Unreleased": there is nothing to release.');
	}
	return changelog.replace(`${UNRELEASED}\n`, `${UNRELEASED}\n\n## ${version} - ${day}\n`);
}

/**
 * Why a tag cannot be published; empty where it can.
 *
 * @param tag As `v1.2.3`.
 * @param version That of package.json.
 */
export function problemsOfRelease(tag: string, version: string, changelog: string): string[] {
	const problems = VERSION.test(version) ? [] : [noVersion(version)];
	if (tag !== `v${version}`) {
		problems.push(
			`The tag is ${tag}, and package.json has version ${version}: the tag must be v${version}.`,
		);
	}
	const notes = notesOf(changelog, version);
	if (notes === undefined) {
		problems.push(`CHANGELOG.md has no heading "## ${version} - <year-month-day>".`);
	} else if (notes === '') {
		problems.push(`CHANGELOG.md says nothing of ${version}.`);
	}
	return problems;
}
