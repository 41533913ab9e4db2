import { Failure, quoteVendor } from '../../../shared/failure';
import { asObject, asText } from '../../../shared/read';
import { tellsOfFault, withoutNames } from '../../../shared/outcome';

/** What became of one of the accounts that were to be added. */
export interface Added {
	name: string;
	isAdded: boolean;
	/** Whether PAM360 says that it was not added. Any other text than a yes or a no proves nothing. */
	isRefused: boolean;
	/** What PAM360 said of this account; empty where it did not mention it. */
	status: string;
}

/**
 * The key of each entry in Details is the name of the account (docs/api/pam360.md, "Adding accounts").
 */
export function addedOf(details: unknown, name: string, all: number): Added {
	const entries = [details ?? []].flat().flatMap((entry) => Object.entries(asObject(entry) ?? {}));
	const own = entries.find(([key]) => key === name);
	// The only answer to the only account is about it, however the server writes its name.
	const [, entry] = own ?? (all === 1 && entries.length === 1 ? entries[0] : undefined) ?? [];
	const status = quoteVendor(asText(asObject(entry)?.STATUS ?? entry) ?? '');
	const said = withoutNames(status, name);
	const isDenied = /\bnot\b|n['’]t\b/i.test(said);
	const isAdded = /\badded successfully/i.test(said) && !isDenied;
	return { name, status, isAdded, isRefused: isDenied && !tellsOfFault(status) };
}

/** PAM360 reports success for the whole call all the same (docs/api/pam360.md, "Failures"). */
export function notAdded(rest: Added[], all: number): Failure {
	const said = rest.map(({ name, status }) => `${name}: ${status || 'PAM360 said nothing of it'}`);
	const isUnknown = rest.some(({ isRefused }) => !isRefused);
	const failed = isUnknown ? 'PAM360 did not confirm that it added' : 'PAM360 did not add';
	return new Failure(
		all === 1
			? `${failed} the account ${said.join()}`
			: `${failed} ${rest.length} of ${all} accounts: ${said.join('; ')}`,
		{
			kind: isUnknown ? 'unusable' : 'refused',
			description: isUnknown
				? "PAM360 reported success for the call. 'Account: Get Many' shows which accounts the resource has."
				: "PAM360 reported success for the whole call. Check 'Account Name': names must be new in the resource.",
		},
	);
}
