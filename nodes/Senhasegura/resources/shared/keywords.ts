/** The field for the tags of a key, a credential or an entry. */
export const keywords = {
	displayName: 'Tags',
	name: 'tags' as const,
	type: 'string' as const,
	default: '',
	placeholder: 'e.g. linux, deployment',
	description: 'Keywords, separated by commas',
};
