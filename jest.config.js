const { availableParallelism } = require('node:os');

/** @type {import('jest').Config} */
module.exports = {
	runtime: '<rootDir>/test/jest/runtime.js',
	testEnvironment: '<rootDir>/test/jest/environment.js',
	roots: ['<rootDir>/test'],
	testMatch: ['**/*.test.ts'],
	testPathIgnorePatterns: ['<rootDir>/test/e2e/'],
	modulePathIgnorePatterns: ['<rootDir>/dist/', '<rootDir>/.n8n-host/'],
	transform: {
		'^.+\\.ts$': ['ts-jest', { tsconfig: 'tsconfig.test.json' }],
	},
	setupFiles: ['<rootDir>/test/setup.ts'],
	setupFilesAfterEnv: ['<rootDir>/test/afterEnvironment.ts'],
	reporters: ['default', '<rootDir>/test/jest/hanging.js'],
	// A machine that does much else is slow: only what hangs takes so long.
	testTimeout: 180_000,
	// Tests wait for timers and servers a fifth of the time: three workers for two processors.
	maxWorkers: Math.ceil(1.5 * availableParallelism()),
	// A new worker loads n8n's packages anew, which takes longer than the tests of most files.
	workerIdleMemoryLimit: '2GB',
	collectCoverageFrom: ['nodes/**/*.ts', 'credentials/**/*.ts'],
	coverageDirectory: 'coverage',
	coverageReporters: ['text', 'lcovonly'],
	coverageThreshold: { global: { lines: 95, branches: 95 } },
};
