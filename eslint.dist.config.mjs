import { n8nCommunityNodesPlugin } from '@n8n/eslint-plugin-community-nodes';
import nodesBase from 'eslint-plugin-n8n-nodes-base';
import { defineConfig } from 'eslint/config';

/** The built files, as n8n's scanner for community packages reads them: without inline settings. */
export default defineConfig({
	files: ['dist/**/*.js'],
	linterOptions: { noInlineConfig: true },
	extends: [n8nCommunityNodesPlugin.configs.recommended],
	plugins: { 'n8n-nodes-base': nodesBase },
	rules: {
		...nodesBase.configs.nodes.rules,
		...nodesBase.configs.credentials.rules,
		'n8n-nodes-base/cred-class-field-documentation-url-miscased': 'off',
		'n8n-nodes-base/cred-class-field-type-options-password-missing': 'off',
		'n8n-nodes-base/node-class-description-inputs-wrong-regular-node': 'off',
		'n8n-nodes-base/node-class-description-outputs-wrong': 'off',
		'n8n-nodes-base/node-param-type-options-max-value-present': 'off',
		'no-console': 'error',
	},
});
