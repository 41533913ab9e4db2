import { createRequire } from 'node:module';
import type * as N8nCore from 'n8n-core';
import type * as N8nWorkflow from 'n8n-workflow';
import { TestDeduplicator, processedData } from './deduplication';
import { ofTheProcess } from './shared';

export interface LogEntry {
	source: 'n8n' | 'console';
	level: 'error' | 'warn' | 'info' | 'debug';
	message: string;
	/** Metadata of an n8n log call, or all arguments of a console call. */
	meta?: unknown;
}

type Level = LogEntry['level'];
type LogMethods = Record<Level, (message: unknown, meta?: unknown) => void>;
interface CapturingLogger extends LogMethods {
	scoped(scopes: string | string[]): CapturingLogger;
}

const LEVELS: Level[] = ['error', 'warn', 'info', 'debug'];
const CONSOLE_METHODS = {
	...Object.fromEntries(LEVELS.map((level) => [level, level])),
	log: 'info',
};

/**
 * `require`, for what must be loaded late: a type-only import and this function together do what an
 * `import` at the top of the file would do too early.
 */
export const loadModule: (id: string) => unknown = createRequire(__filename);

const engine = ofTheProcess('engine', () => ({
	sinks: new Set<LogEntry[]>(),
	hasDeduplicator: false,
}));
const { sinks } = engine;
let core: typeof N8nCore | undefined;

function record(entry: LogEntry): void {
	for (const sink of sinks) sink.push(entry);
}

function createLogger(scopes: string[] = []): CapturingLogger {
	const method = (level: Level) => (message: unknown, meta?: unknown) =>
		record({
			source: 'n8n',
			level,
			message: String(message),
			...(meta === undefined && scopes.length === 0
				? {}
				: { meta: scopes.length ? { scopes, meta } : meta }),
		});
	return {
		error: method('error'),
		warn: method('warn'),
		info: method('info'),
		debug: method('debug'),
		scoped: (more) => createLogger([...scopes, ...[more].flat()]),
	};
}

/**
 * ES modules that some nodes of n8n-nodes-base load, most of them for side features: Slack and other
 * messengers (approval pages), GitHub, PagerDuty, AWS. Node.js can `require` those, Jest cannot before
 * Node.js 24.9, so there the nodes load with a stand-in that throws when it is called.
 */
const ESM_DEPENDENCIES = ['sanitize-html', 'change-case'];

function standInForEsmDependencies(): void {
	if (typeof jest === 'undefined') return;
	for (const id of ESM_DEPENDENCIES) {
		const unavailable = () => {
			throw new Error(`${id} cannot be loaded by Jest`);
		};
		const get = (_: unknown, key: string | symbol) =>
			key === '__esModule' ? undefined : unavailable;
		jest.doMock(id, () => new Proxy(unavailable, { get }));
	}
}

const everywhere = (flags = '') => (flags.includes('g') ? flags : `${flags}g`);

/**
 * As n8n's own, which ends what takes 250 ms: a busy machine may take so long for any pattern. That those
 * of the nodes take linear time is tested by itself.
 */
const patientRegex: N8nWorkflow.RegexEngine = {
	exec: (pattern, input, flags) => new RegExp(pattern, flags).exec(input),
	test: (pattern, input, flags) => new RegExp(pattern, flags).test(input),
	replace: (pattern, input, flags, by) => input.replace(new RegExp(pattern, flags), by),
	matchAll: (pattern, input, flags) => [...input.matchAll(new RegExp(pattern, everywhere(flags)))],
	split: (pattern, input, flags) => input.split(new RegExp(pattern, flags)),
};

/**
 * Loads n8n-core on first use: it takes more than a second, which a test that only wants, say,
 * `findSecrets` should not pay. The logger has to be replaced before, since n8n's services keep the
 * instance that they were built with.
 */
export function loadCore(): typeof N8nCore {
	if (core) return core;
	loadModule('reflect-metadata');
	const { Container } = loadModule('@n8n/di') as {
		Container: { set(token: unknown, value: unknown): void };
	};
	const { Logger } = loadModule('@n8n/backend-common') as { Logger: unknown };
	const { LoggerProxy, setSafeRegexEngine } = loadModule('n8n-workflow') as typeof N8nWorkflow;
	setSafeRegexEngine(patientRegex);
	const logger = createLogger();
	Container.set(Logger, logger);
	LoggerProxy.init(logger);
	standInForEsmDependencies();
	core = loadModule('n8n-core') as typeof N8nCore;
	processedData.clear();
	if (!engine.hasDeduplicator) {
		engine.hasDeduplicator = true;
		void core.DataDeduplicationService.init(new TestDeduplicator(processedData));
	}
	return core;
}

/** An instance of one of n8n's own services. */
export function getService<T>(token: abstract new (...args: never[]) => T): T {
	const { Container } = loadModule('@n8n/di') as { Container: { get(token: unknown): T } };
	return Container.get(token);
}

let restoreConsole: (() => void) | undefined;

function patchConsole(): void {
	const target = console as unknown as Record<string, (...args: unknown[]) => void>;
	const originals = Object.keys(CONSOLE_METHODS).map((name) => [name, target[name]!] as const);
	for (const [name, original] of originals) {
		const level = (CONSOLE_METHODS as Record<string, Level>)[name]!;
		target[name] = (...args) => {
			record({ source: 'console', level, message: args.map(String).join(' '), meta: args });
			original.apply(console, args);
		};
	}
	restoreConsole = () => {
		for (const [name, original] of originals) target[name] = original;
		restoreConsole = undefined;
	};
}

/**
 * Records all that n8n and the console log, at every level, until `stop` is called. Entries made
 * while several captures are open go to each of them.
 */
export function captureLogs(logs: LogEntry[] = []): { logs: LogEntry[]; stop: () => void } {
	loadCore();
	if (sinks.size === 0) patchConsole();
	sinks.add(logs);
	return {
		logs,
		stop: () => {
			sinks.delete(logs);
			if (sinks.size === 0) restoreConsole?.();
		},
	};
}
