import {
	sourceOf,
	unwritten,
	withApiRow,
	withListed,
	withUserRow,
} from '../../../scripts/host/operationRows';
import type { Declared } from '../../../scripts/host/operationRows';

const takeBack: Declared = {
	resource: 'Secret',
	name: 'Take Back',
	description: 'Take a secret back',
	call: 'POST /iso/take/{id}',
	section: 'DevOps Secret Manager',
};
const TEST = 'test/workflows/vault/taken.test.ts';

describe('an operation in the list of its resource', () => {
	const index = [
		"import { resource } from '../shared/operation';",
		"import { get } from './get.operation';",
		"import { upsert } from './upsert.operation';",
		'',
		"export const secret = resource({ name: 'Secret', operations: [get, upsert] });",
	].join('\n');

	it('is imported in the order of files, and comes last', () => {
		expect(withListed(index, 'takeBack', 'takeBack.operation').split('\n')).toEqual([
			"import { resource } from '../shared/operation';",
			"import { get } from './get.operation';",
			"import { takeBack } from './takeBack.operation';",
			"import { upsert } from './upsert.operation';",
			'',
			"export const secret = resource({ name: 'Secret', operations: [get, upsert, takeBack] });",
		]);
	});

	it('is there once', () => {
		expect(withListed(index, 'get', 'get.operation')).toBe(index);
	});

	it('may be the first of its resource, or stand in a list of several lines', () => {
		expect(withListed('operations: [],', 'get', 'get.operation')).toContain('operations: [get],');
		expect(withListed('operations: [\n\t\tget,\n\t],', 'put', 'put.operation')).toMatch(
			/operations: \[\s*get, put\],/,
		);
	});
});

describe('the source of an operation', () => {
	it('is what the comment above it names, wherever its lines break', () => {
		const text = `/** \`GET /iso/other\`. Source: docs/api/senhasegura.md, "The envelope". */
const other = 1;
/**
 * \`POST /iso/take/{id}\`, sent once. Source: docs/api/senhasegura.md, "DevOps
 * Secret Manager".
 */
export const takeBack = operation({`;
		const { call, section } = takeBack;
		expect(sourceOf(text, 'takeBack')).toEqual({ call, section });
	});

	it('is none where the comment names no call', () => {
		expect(sourceOf('/** Two calls. */\nexport const both = operation({', 'both')).toBeUndefined();
	});
});

describe('the row of an operation on the page of an API', () => {
	const page = (...rows: string[]) =>
		[
			'| `POST /iso/take/{id}` | an earlier table |',
			'## Every call',
			'',
			'| Call | Section | Built | Test |',
			'|---|---|---|---|',
			...rows,
			'',
			'## Sources',
		].join('\n');
	const rowsOf = (text: string) => text.split('\n').slice(5, -2);
	const section = '[DevOps Secret Manager](#devops-secret-manager)';
	const link = '[taken](../../test/workflows/vault/taken.test.ts)';
	const give = `| \`GET give\` | ${section} | **Secret: Give** | [give](g.test.ts) |`;
	const last = '| `GET last` | [Last](#last) | **Last: Get** | [last](l.test.ts) |';

	it('takes the place of what was not built, whatever the path leaves out', () => {
		const row = `| \`POST take/{secret}\` | ${section} | not built: nobody asked | – |`;
		expect(rowsOf(withApiRow(page(give, row, last), takeBack, TEST))).toEqual([
			give,
			`| \`POST take/{secret}\` | ${section} | **Secret: Take Back** | ${link} |`,
			last,
		]);
	});

	it('stands beside other operations of the same call', () => {
		const row = `| \`POST take/{id}\` | ${section} | **Secret: Lend** | [lend](l.test.ts) |`;
		expect(rowsOf(withApiRow(page(row), takeBack, TEST))).toEqual([
			`| \`POST take/{id}\` | ${section} | **Secret: Lend**, **Secret: Take Back** | [lend](l.test.ts), ${link} |`,
		]);
	});

	it('stands before what the node does with the call by itself', () => {
		const row = `| \`POST take/{id}\` | ${section} | inside: what is lent | ${link} |`;
		expect(rowsOf(withApiRow(page(row), takeBack, TEST))).toEqual([
			`| \`POST take/{id}\` | ${section} | **Secret: Take Back**, and inside: what is lent | ${link} |`,
		]);
	});

	it('is a new one below those of its section, also where its call was not built with others', () => {
		const row = '| `GET x`, `POST take/{id}` | [Others](#others) | not built: nobody asked | – |';
		expect(rowsOf(withApiRow(page(give, row, last), takeBack, TEST))).toEqual([
			give,
			`| \`POST /iso/take/{id}\` | ${section} | **Secret: Take Back** | ${link} |`,
			row,
			last,
		]);
	});

	it('is there once', () => {
		const written = withApiRow(page(give, last), takeBack, TEST);
		expect(withApiRow(written, takeBack, TEST)).toBe(written);
	});
});

describe('the row of an operation on the page for users', () => {
	const page = '| Secret | Get | `GET x` | Gets it. |\n| User | Get | `GET y` | Gets it. |';

	it('comes below the others of its resource, with its description', () => {
		expect(withUserRow(page, takeBack)?.split('\n')[1]).toBe(
			'| Secret | Take Back | `POST /iso/take/{id}` | Take a secret back. |',
		);
	});

	it('is written by hand where no table has the resource', () => {
		expect(withUserRow(page, { ...takeBack, resource: 'Safe' })).toBeUndefined();
	});
});

describe('what is not written yet', () => {
	const done = '| `POST /x` | [X](#x) | **Secret: Take Back** | [x](../../test/x.test.ts) |';

	it('is nothing where the page has the operation', () => {
		expect(unwritten(done, 'Secret: Take Back', { hasSource: false, hasSuite: false })).toBe('');
	});

	it.each([
		[{ hasSource: false, hasSuite: true }, /the comment above it names no call/],
		[{ hasSource: true, hasSuite: false }, /write its cases/],
	])('is told with what comes first: %o', (has, what) => {
		const said = unwritten(done, 'Secret: Renew', has);
		expect(said).toMatch(/^Secret: Renew has no row in docs\/api yet/);
		expect(said).toMatch(what);
	});
});
