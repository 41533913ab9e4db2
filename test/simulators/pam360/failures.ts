/**
 * A failure as the vendor tells it: HTTP 200 and `Failed` in the envelope (docs/api/pam360.md,
 * "Failures"). `operation` only where it is not the call's own name.
 */
export class Failure extends Error {
	constructor(
		message: string,
		readonly operation?: string,
	) {
		super(message);
	}
}

/** A failure as SCIM tells it: an HTTP status and an Error resource, RFC 7644 section 3.12. */
export class ScimFailure extends Error {
	constructor(
		readonly status: number,
		message: string,
		readonly scimType?: string,
	) {
		super(message);
	}
}

/** An answer outside any envelope: HTTP status and no body. */
export class Bare extends Error {
	constructor(
		readonly status: number,
		readonly reason?: string,
	) {
		super();
	}
}
