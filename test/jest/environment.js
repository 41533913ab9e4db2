const { AsyncLocalStorage } = require('node:async_hooks');
const { createRequire } = require('node:module');
const vm = require('node:vm');

const { LegacyFakeTimers, ModernFakeTimers } = require('@jest/fake-timers');
const { ModuleMocker } = require('jest-mock');

const packages = createRequire(__filename);

/** Stands for "no context of its own" where Jest wants one to compile in. */
const OWN_CONTEXT = vm.createContext({});
const compileFunction = vm.compileFunction;
/** What has been compiled in this worker, by file: the code of a module is the same for each test file. */
const compiled = new Map();
/**
 * Compiles each module once for a worker. Jest's way to import ES modules is left out: what is compiled
 * would hold on to everything that one test file has loaded, and `import()` is `require` here.
 */
vm.compileFunction = (code, parameters, options) => {
	if (options?.parsingContext !== OWN_CONTEXT) return compileFunction(code, parameters, options);
	const { filename } = options;
	const known = compiled.get(filename);
	if (known?.code === code) return known.module;
	const module = compileFunction(code, parameters, { filename });
	if (!filename.endsWith('.test.ts')) compiled.set(filename, { code, module });
	return module;
};

/**
 * The stores that a test file has switched on. Node.js copies each of them into each new promise, and
 * those of the files before would make every promise of a worker slower with each file.
 */
const stores = new Set();
for (const method of ['run', 'enterWith']) {
	const { [method]: original } = AsyncLocalStorage.prototype;
	AsyncLocalStorage.prototype[method] = function (...values) {
		stores.add(this);
		return original.apply(this, values);
	};
}

/** Jest's own look at the time and the like, which fake timers must not reach. */
const JEST_NATIVES = { promise: Promise, now: Date.now.bind(Date) };

/** Where jest-circus keeps what it knows of one file's tests, and what is to be told of each of them. */
const OF_ONE_FILE = new Set(['EVENT_HANDLERS', 'JEST_STATE_SYMBOL']);

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
		for (const store of stores) store.disable();
		stores.clear();
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

	/** Packages keep what they share under symbols: of those only Jest's own go. */
	forget(key) {
		if (typeof key === 'symbol' && !OF_ONE_FILE.has(key.description)) return;
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
