import { Session } from 'node:inspector/promises';
import { fileURLToPath } from 'node:url';

/** How much of the processor time a part of the code took itself, in per cent. */
export interface Part {
	name: string;
	share: number;
}

interface ProfileNode {
	id: number;
	callFrame: { functionName: string; url: string };
}

interface Profile {
	nodes: ProfileNode[];
	samples?: number[];
	timeDeltas?: number[];
}

const SAMPLING_US = 200;

/** Runs something under Node.js' own profiler. */
export async function profile(task: () => Promise<void>): Promise<Profile> {
	const session = new Session();
	session.connect();
	try {
		await session.post('Profiler.enable');
		await session.post('Profiler.setSamplingInterval', { interval: SAMPLING_US });
		await session.post('Profiler.start');
		await task();
		const { profile: taken } = await session.post('Profiler.stop');
		return taken;
	} finally {
		session.disconnect();
	}
}

/** The parts that code belongs to, the first pattern that fits. */
const PARTS: Array<[RegExp, string]> = [
	[/\/nodes\/shared\//, 'the frame (nodes/shared)'],
	[/\/nodes\/|\/credentials\//, 'the vendor’s part of the package'],
	[/\/node_modules\/zod\//, 'zod'],
	[/\/node_modules\/luxon\//, 'luxon'],
	[
		/\/node_modules\/(n8n-workflow|@n8n\/(tournament|expression-runtime))\//,
		'n8n’s expressions and parameters',
	],
	[/\/node_modules\/n8n-core\//, 'n8n’s engine and helpers'],
	[
		/\/node_modules\/(axios|follow-redirects|form-data|proxy|http|https|agent)[^/]*\//,
		'n8n’s HTTP client',
	],
	[/\/node_modules\//, 'other packages'],
	[/\/test\//, 'the test harness'],
	[
		/^node:(_?tls|_?http|https|net|internal\/(tls|crypto|streams|stream_base|js_stream)|crypto|dns)/,
		'Node.js: TLS, HTTP, streams',
	],
	[/^node:/, 'Node.js: all else'],
];

function partOf({ functionName, url }: ProfileNode['callFrame']): string {
	if (functionName === '(garbage collector)') return 'garbage collection';
	if (functionName === '(program)' || url === '') return 'native code (OpenSSL, sockets)';
	const path = url.startsWith('file:') ? fileURLToPath(url) : url;
	return PARTS.find(([pattern]) => pattern.test(path))?.[1] ?? 'all else';
}

/** Where the processor time went, the largest part first; what was idle is left out. */
export function partsOf({ nodes, samples = [], timeDeltas = [] }: Profile): Part[] {
	return shares(nodes, samples, timeDeltas, partOf);
}

/** The functions of the package that took the most, themselves. */
export function functionsOf({ nodes, samples = [], timeDeltas = [] }: Profile): Part[] {
	const nameOf = ({ functionName, url }: ProfileNode['callFrame']) =>
		`${functionName || '(anonymous)'} in ${url.replace(/^.*\/(nodes|credentials|node_modules)\//, '$1/')}`;
	return shares(nodes, samples, timeDeltas, nameOf);
}

function shares(
	nodes: ProfileNode[],
	samples: number[],
	timeDeltas: number[],
	nameOf: (frame: ProfileNode['callFrame']) => string,
): Part[] {
	const frames = new Map(nodes.map(({ id, callFrame }) => [id, callFrame]));
	const times = new Map<string, number>();
	let all = 0;
	samples.forEach((id, index) => {
		const frame = frames.get(id);
		if (!frame || frame.functionName === '(idle)') return;
		const time = timeDeltas[index] ?? 0;
		const name = nameOf(frame);
		times.set(name, (times.get(name) ?? 0) + time);
		all += time;
	});
	return [...times]
		.map(([name, time]) => ({ name, share: (100 * time) / all }))
		.sort((a, b) => b.share - a.share);
}
