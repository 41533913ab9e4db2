/** Notes of calls that outlive the process, so that a call that n8n runs again is known. */
export interface CallNotes {
	/** True when the note was there already; records it otherwise. */
	noteOnce(text: string): Promise<boolean>;
}
