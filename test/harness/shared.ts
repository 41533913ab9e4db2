/**
 * A value of the process, made on first use. Jest loads the harness anew for each test file, but n8n's
 * packages once for each worker (test/jest/runtime.js): what n8n's services were given must be found
 * again by the files that come later.
 */
export function ofTheProcess<T>(name: string, make: () => T): T {
	const values = globalThis as Record<symbol, unknown>;
	return (values[Symbol.for(`harness: ${name}`)] ??= make()) as T;
}
