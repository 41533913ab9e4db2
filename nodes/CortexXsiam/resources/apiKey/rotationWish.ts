import type { SecretForm } from '../../api/proof';

/** Which lineage is to be rotated, and by that which of its keys counts as due. */
export type Target =
	/** Due by date. */
	| { by: 'lineage'; lineage: string; days: number }
	/** The key that the credential uses; due by date. */
	| { by: 'ownKey'; days: number }
	/** Due whatever its date. */
	| { by: 'apiKey'; id: string }
	/** Due unless what is stored was made a moment ago. */
	| { by: 'comment'; comment: string };

/** What a store answered, and when. */
export interface Stored {
	/** Undefined where it holds nothing. */
	value?: string;
	/** Epoch milliseconds. */
	readAt: number;
}

export interface Wish {
	target: Target;
	/** Undefined for the credential's own key: what is stored is what the credential holds. */
	stored?: Stored;
	/** How old the stored key must be before those made earlier are revoked, in milliseconds. */
	overlapMs: number;
	dryRun: boolean;
}

export interface RotateWish extends Wish {
	/** For how long a new key counts as one that another run is about to store, in milliseconds. */
	takenOverAfterMs: number;
	/** Days that the new key is valid for; without them, as long as the old one was. */
	validDays?: number;
	/** Whether the new key gets the scope of the old one, and what if it cannot be read. */
	scope: 'copy' | 'copyIfReadable' | 'leaveOut';
	secretForm: SecretForm;
}
