import { n8nCommunityNodesPlugin } from '@n8n/eslint-plugin-community-nodes';
import { defineConfig } from 'eslint/config';

/**
 * The built files, as n8n's scanner for community packages reads them: the rules for community nodes,
 * without inline settings. The older plugin's rules are for sources; they ask for names that end in .ts.
 */
export default defineConfig({
	files: ['dist/**/*.js'],
	linterOptions: { noInlineConfig: true },
	extends: [n8nCommunityNodesPlugin.configs.recommended],
	rules: { 'no-console': 'error' },
});
