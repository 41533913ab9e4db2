import type { IDataObject, INode } from 'n8n-workflow';
import { findSecrets, runNode } from '../../harness';
import { apiKey, manyKeys, sshKey } from '../../unit/keyReport/items';
import { nodeTypes } from '../vendors';

const TYPE = 'n8n-nodes-privileged-keys.keyReport';
const TOOL = `${TYPE}Tool`;

beforeAll(() => {
	Object.assign(nodeTypes, { [TOOL]: nodeTypes[TYPE] });
});

const run = async (items: IDataObject[], parameters: IDataObject = {}, node: Partial<INode> = {}) =>
	await runNode({
		node: { type: TYPE, parameters: parameters as INode['parameters'], ...node },
		items: items.map((json) => ({ json })),
		nodeTypes,
	});

const textOf = (data: string | undefined) => Buffer.from(String(data), 'base64').toString();

/** In a year after the fixed date of the items, all of them have expired; that does no harm here. */
describe('Key Report', () => {
	it('makes one item, with the page and the picture as files', async () => {
		const { items, nodeError } = await run([apiKey(), sshKey()]);
		expect(nodeError).toBeUndefined();
		expect(items).toHaveLength(1);
		const [{ json, binary = {}, pairedItem }] = items as [(typeof items)[number]];
		expect(json).toMatchObject({
			type: 'keyReport',
			title: 'Key inventory',
			total: 2,
			complete: true,
			notRead: [],
			unclear: [],
		});
		expect(json.summary).toMatch(/^2 keys, (none|\d) at risk$/);
		expect(pairedItem).toEqual([{ item: 0 }, { item: 1 }]);
		expect(binary.page).toMatchObject({ mimeType: 'text/html', fileExtension: 'html' });
		expect(binary.picture).toMatchObject({ mimeType: 'image/svg+xml' });
		expect(binary.picture?.fileName).toMatch(/^keys-\d{4}-\d\d-\d\d\.svg$/);
		expect(textOf(binary.page?.data)).toBe(json.html);
		expect(textOf(binary.picture?.data)).toMatch(/^<\?xml[^]*<\/svg>\n$/);
	});

	it('makes one item for each key, paired with where it came from', async () => {
		const lineage = {
			...apiKey(),
			type: 'apiKeyLineage',
			liveKeys: [{ id: '21' }, { id: '22' }],
		};
		const { items } = await run([{ vendor: 'x', type: 'user' }, lineage, sshKey()], {
			output: 'keys',
		});
		const found = items.map(({ json, pairedItem }) => [json.id, pairedItem]);
		expect(found).toEqual(
			expect.arrayContaining([
				['21', { item: 1 }],
				['22', { item: 1 }],
				['91', { item: 2 }],
			]),
		);
		expect(items).toHaveLength(3);
		expect(Object.keys(items[0]!.json).sort()).toEqual(
			[
				'ageDays',
				'atRisk',
				'daysLeft',
				'expiresAt',
				'id',
				'lineage',
				'name',
				'neverExpires',
				'owner',
				'place',
				'risks',
				'rotation',
				'rotationSince',
				'server',
				'type',
				'vendor',
			].sort(),
		);
	});

	it('takes 2,000 keys, and lists as many as it is told', async () => {
		const { items } = await run(manyKeys(2000), { additionalFields: { maxRows: 100 } });
		const [item] = items;
		expect(item?.json.total).toBe(2000);
		expect(item?.json.keys).toHaveLength(2000);
		expect((item?.json.html as string).match(/<tr><td class="kr-line"/g)).toHaveLength(100);
		expect(item?.json.html).toContain('1900 more keys not listed here');
	});

	it('says that nothing came in', async () => {
		const { items } = await run([{}]);
		expect(items[0]?.json).toMatchObject({ total: 0, summary: 'No keys', keys: [] });
		expect(items[0]?.json.html).toContain('No keys came in.');
		const none = await run([{}], { output: 'keys' });
		expect(none.items).toEqual([]);
		expect(none.nodeError).toBeUndefined();
	});

	it('says in the editor, too, what it could not read', async () => {
		const { run: execution } = await run([
			apiKey(),
			{ error: 'Refused', message: 'Refused. Ask.' },
		]);
		const [task] = execution.data.resultData.runData.Node ?? [];
		expect((task?.hints ?? []).map(({ message }) => message)).toEqual([
			'Not complete: a list could not be read. Refused. Ask.',
		]);
	});

	it('says where keys with one ID cannot be told apart, and counts each', async () => {
		const { items, run: execution } = await run([apiKey(), apiKey({ comment: 'Ticket bridge' })]);
		expect(items[0]?.json).toMatchObject({
			total: 2,
			complete: true,
			unclear: ['apiKey 21', 'apiKey 21'],
		});
		const [task] = execution.data.resultData.runData.Node ?? [];
		expect((task?.hints ?? []).map(({ message }) => message)).toEqual([
			"2 keys have the ID of another one (apiKey 21), and not all of them say which server they are from: all are counted. If a list was read twice, its keys are counted twice. Give lists as this package reads them, with Simplify on, or add the field 'server' to your items.",
		]);
	});

	it('keeps the keys of two servers apart, by the names that it is told', async () => {
		const vendorNames = { name: [{ vendor: 'lab.example.com', shownAs: 'Laboratory' }] };
		const { items } = await run(
			[apiKey({ server: 'soc.example.com' }), apiKey({ server: 'lab.example.com' })],
			{ additionalFields: { vendorNames } },
		);
		expect(items[0]?.json).toMatchObject({
			total: 2,
			vendors: [{ vendor: 'cortexXsiam', servers: ['soc.example.com', 'lab.example.com'] }],
		});
		expect(items[0]?.json.html).toContain('Laboratory');
	});

	it('uses what it is told', async () => {
		const additionalFields = {
			title: 'Keys of the SOC',
			expiresSoonDays: '={{ 100000 }}',
			oldAfterDays: 1,
			pageField: 'html',
			pictureField: 'svg',
			// In any case of letters: a host name has none of its own.
			vendorNames: { name: [{ vendor: ' CortexXSIAM ', shownAs: 'Our tenant' }] },
		};
		const soon = apiKey({ expiresAt: '2126-01-01T00:00:00Z' });
		const { items } = await run([soon], { additionalFields });
		expect(items[0]?.json).toMatchObject({ title: 'Keys of the SOC' });
		expect((items[0]?.json.keys as IDataObject[])[0]?.risks).toEqual([
			'expiresSoon',
			'neverRotated',
		]);
		expect(Object.keys(items[0]?.binary ?? {}).sort()).toEqual(['html', 'svg']);
		expect(items[0]?.json.html).toContain('Our tenant: 1 key');
	});

	it('shows no secret that an item has', async () => {
		const secrets = ['canary-secret', 'canary-passphrase'];
		const { items } = await run([apiKey({ secret: secrets[0], passphrase: secrets[1] })]);
		expect(findSecrets(items, secrets)).toEqual([]);
	});

	it.each([
		[{ output: '={{ "table" }}' }, "'Output' must be one of report, keys"],
		[{ additionalFields: { maxRows: 0 } }, "'Most Rows in Page' must be at least 1"],
		[
			{ additionalFields: { expiresSoonDays: '={{ "soon" }}' } },
			"'Expires Soon Within (Days)' must be a whole number of days",
		],
		[
			{ additionalFields: { pageField: 'data', pictureField: 'data' } },
			"'Put Page in Field' and 'Put Picture in Field' have the same name",
		],
		[
			{ additionalFields: { pageField: 'picture' } },
			"'Put Page in Field' and 'Put Picture in Field' have the same name",
		],
	])('refuses %j', async (parameters, says) => {
		const stopped = await run([apiKey()], parameters);
		expect(stopped.nodeError?.message).toBe(says);
		const { items, nodeError } = await run([apiKey()], parameters, {
			onError: 'continueRegularOutput',
		});
		expect(nodeError).toBeUndefined();
		expect(items.map(({ json }) => json.error)).toEqual([says]);
	});

	it('tells an agent what to call in its place', async () => {
		const { nodeError } = await run([{}], {}, { type: TOOL });
		expect(nodeError?.message).toContain('when an AI agent calls it');
		expect(nodeError?.description).toContain('give the agent that workflow as a tool');
	});
});
