/** The fields of a form-encoded body as text; what is undefined is left out. */
export function formFields(
	fields: Record<string, string | number | undefined>,
): Record<string, string> {
	return Object.fromEntries(
		Object.entries(fields).flatMap(([name, value]) =>
			value === undefined ? [] : [[name, String(value)]],
		),
	);
}
