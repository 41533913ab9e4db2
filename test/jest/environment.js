const { createRequire } = require('node:module');
const vm = require('node:vm');

const { LegacyFakeTimers, ModernFakeTimers } = require('@jest/fake-timers');
const { ModuleMocker } = require('jest-mock');

const packages = createRequire(__filename);

/** Stands for "no context of its own" where Jest wants one to compile in. */
const OWN_CONTEXT = vm.createContext({});
const compileFunction = vm.compileFunction;
vm.compileFunction = (code, parameters, options) =>
	compileFunction(
		code,
		parameters,
		options?.parsingContext === OWN_CONTEXT ? { ...options, parsingContext: undefined } : options,
	);

/** Jest's own look at the time and the like, which fake timers must not reach. */
const JEST_NATIVES = { promise: Promise, now: Date.now.bind(Date) };

/**
 * Test files run in the worker's own context, one after the other, so that they can share the packages
 * that runtime.js loads once: an Error of n8n-core is an `instanceof Error` here, too. What Jest would
 * throw away with a context is put back by hand.
 */
class SharedContextEnvironment {
	constructor({ projectConfig }) {
		this.global = globalThis;
		this.before = {
			console: globalThis.console,
			env: { ...process.env },
			exit: process.exit,
			globals: new Set(Reflect.ownKeys(globalThis)),
			listeners: new Map(process.eventNames().map((name) => [name, process.rawListeners(name)])),
			cwd: process.cwd(),
		};
		for (const [name, value] of Object.entries(JEST_NATIVES)) {
			globalThis[Symbol.for(`jest-native-${name}`)] = value;
		}
		delete globalThis.__coverage__;
		this.moduleMocker = new ModuleMocker(globalThis);
		const timers = { config: projectConfig, global: globalThis };
		this.fakeTimers = new LegacyFakeTimers({
			...timers,
			moduleMocker: this.moduleMocker,
			timerConfig: { idToRef: (id) => id, refToId: (timer) => timer },
		});
		this.fakeTimersModern = new ModernFakeTimers(timers);
	}

	async setup() {}

	async teardown() {
		this.fakeTimers.dispose();
		this.fakeTimersModern.dispose();
		const nock = packages.cache[packages.resolve('nock')]?.exports;
		if (nock) {
			nock.abortPendingRequests();
			nock.cleanAll();
			nock.enableNetConnect();
			nock.restore();
		}
		const { console, cwd, env, exit, globals, listeners } = this.before;
		globalThis.console = console;
		process.exit = exit;
		process.chdir(cwd);
		for (const name of Object.keys(process.env)) if (!(name in env)) delete process.env[name];
		Object.assign(process.env, env);
		for (const name of process.eventNames()) {
			for (const listener of process.rawListeners(name)) {
				if (!listeners.get(name)?.includes(listener)) process.off(name, listener);
			}
		}
		for (const key of Reflect.ownKeys(globalThis)) {
			if (!globals.has(key)) this.forget(key);
		}
	}

	forget(key) {
		if (typeof key === 'symbol') return;
		if (Object.getOwnPropertyDescriptor(globalThis, key)?.configurable) delete globalThis[key];
	}

	exportConditions() {
		return ['node', 'node-addons'];
	}

	getVmContext() {
		return OWN_CONTEXT;
	}
}

module.exports = SharedContextEnvironment;
