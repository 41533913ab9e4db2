import js from '@eslint/js';
import { n8nCommunityNodesPlugin } from '@n8n/eslint-plugin-community-nodes';
import { createTypeScriptImportResolver } from 'eslint-import-resolver-typescript';
import importX from 'eslint-plugin-import-x';
import nodesBase from 'eslint-plugin-n8n-nodes-base';
import { defineConfig, globalIgnores } from 'eslint/config';
import globals from 'globals';
import tseslint from 'typescript-eslint';

const community = n8nCommunityNodesPlugin.configs.recommended;

/** What ships: n8n's default rules for community nodes, as `n8n-node lint` composes them. */
const shipped = [
	{
		files: ['nodes/**/*.ts', 'credentials/**/*.ts'],
		linterOptions: { noInlineConfig: true },
		extends: [
			js.configs.recommended,
			tseslint.configs.recommended,
			community,
			importX.configs['flat/recommended'],
		],
		rules: { 'prefer-spread': 'off', 'no-console': 'error' },
	},
	{
		files: ['nodes/**/*.ts', 'credentials/**/*.ts', 'package.json'],
		plugins: { 'n8n-nodes-base': nodesBase },
		settings: { 'import-x/resolver-next': [createTypeScriptImportResolver()] },
	},
	{
		files: ['package.json'],
		extends: [community],
		rules: nodesBase.configs.community.rules,
		languageOptions: {
			parser: tseslint.parser,
			parserOptions: { extraFileExtensions: ['.json'] },
		},
	},
	{
		files: ['credentials/**/*.ts'],
		rules: {
			...nodesBase.configs.credentials.rules,
			'n8n-nodes-base/cred-class-field-documentation-url-miscased': 'off',
			'n8n-nodes-base/cred-class-field-type-options-password-missing': 'off',
		},
	},
	{
		files: ['nodes/**/*.ts'],
		rules: {
			...nodesBase.configs.nodes.rules,
			'n8n-nodes-base/node-class-description-inputs-wrong-regular-node': 'off',
			'n8n-nodes-base/node-class-description-outputs-wrong': 'off',
			'n8n-nodes-base/node-param-type-options-max-value-present': 'off',
		},
	},
];

/** Imports go one way: node, resources, api, n8n's helpers (docs/architecture.md). */
const vendors = ['Pam360', 'CortexXsiam', 'Senhasegura'];
const architecture = [
	...vendors.flatMap((vendor) => [
		{
			files: [`nodes/${vendor}/api/**/*.ts`],
			rules: forbid([...others(vendor), '**/resources/**', '**/*.node']),
		},
		{
			files: ['resources', 'events'].map((layer) => `nodes/${vendor}/${layer}/**/*.ts`),
			rules: forbid([...others(vendor), '**/*.node', '**/shared/transport', '**/shared/run']),
		},
		{ files: [`nodes/${vendor}/*.ts`], rules: forbid(others(vendor)) },
	]),
	{ files: ['nodes/KeyReport/**/*.ts'], rules: forbid(others('KeyReport')) },
	{
		files: ['nodes/shared/**/*.ts'],
		rules: forbid(vendors.map((vendor) => `**/${vendor}/**`)),
	},
	{
		files: ['credentials/**/*.ts'],
		rules: forbid(['**/resources/**', '**/*.node', '**/api/client']),
	},
];

function others(vendor) {
	return vendors.filter((name) => name !== vendor).map((name) => `**/${name}/**`);
}

function forbid(group) {
	return {
		'@typescript-eslint/no-restricted-imports': [
			'error',
			{ patterns: [{ group, message: 'Imports go one way: see docs/architecture.md.' }] },
		],
	};
}

/** Tests, simulators and scripts: ordinary Node programs, checked with types. */
const programs = {
	files: ['test/**/*.ts', 'scripts/**/*.ts'],
	extends: [js.configs.recommended, tseslint.configs.recommendedTypeChecked],
	languageOptions: {
		parserOptions: { project: './tsconfig.test.json', tsconfigRootDir: import.meta.dirname },
	},
	rules: {
		'@typescript-eslint/no-floating-promises': 'error',
		'@typescript-eslint/require-await': 'off',
		'@typescript-eslint/unbound-method': 'off',
	},
};

const plainScripts = {
	files: ['*.js', '*.mjs', 'scripts/**/*.mjs', 'test/**/*.{js,cjs}'],
	extends: [js.configs.recommended],
	languageOptions: { globals: globals.node },
};

export default defineConfig(
	globalIgnores(['dist', 'coverage', '.n8n-host', 'eslint.config.mjs']),
	...shipped,
	...architecture,
	programs,
	plainScripts,
);
