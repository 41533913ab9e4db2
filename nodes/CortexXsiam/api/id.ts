/**
 * An ID of a key as the tenant writes it, without zeros before it: what is compared with one of the
 * tenant's must look the same.
 */
export function plainId(id: string): string {
	return id.replace(/^0+(?=\d)/, '');
}
