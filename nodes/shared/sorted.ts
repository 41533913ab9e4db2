/**
 * Sorted by labels of this package, as n8n wants what people see. They are English words: to compare them by
 * the rules of a locale takes several milliseconds of the start of n8n.
 */
export function sortedBy<One>(all: readonly One[], labelOf: (one: One) => string): One[] {
	return all
		.map((one) => ({ one, label: labelOf(one).toLowerCase() }))
		.sort((a, b) => (a.label < b.label ? -1 : Number(a.label > b.label)))
		.map(({ one }) => one);
}
