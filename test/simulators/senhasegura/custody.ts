import { randomBytes } from 'node:crypto';
import type { Answer, Call } from './call';
import { localTime } from './dates';
import type { SenhaseguraCredential, SenhaseguraKey } from './entities';
import { refuse } from './envelope';
import { isOn } from './input';
import { pathItem } from './lookup';
import { timestamp } from './present';
import type { Context } from './state';

const minuteMs = 60_000;

/** Ends every custody of an item whose time is up. */
function endExpiredCustody(
	{ now }: Context,
	{ custody }: SenhaseguraKey | SenhaseguraCredential,
): void {
	for (const [caller, until] of custody) if (until <= now()) custody.delete(caller);
}

/**
 * A read takes custody for a while (docs/api/senhasegura.md, "Reading a credential"); gives its end as
 * the answer shows it.
 */
export function takeCustody(
	{ context, caller }: Call,
	item: SenhaseguraKey | SenhaseguraCredential,
): string {
	const { now, settings } = context;
	const until = now() + settings.custodyMinutes * minuteMs;
	endExpiredCustody(context, item);
	item.custody.set(caller, until);
	item.view = timestamp(context);
	return localTime(until, settings.utcOffsetMinutes);
}

/** Carries out the password changes that are due. */
export function changePasswords(context: Context): void {
	const { now, state } = context;
	const due = state.passwordChanges.filter(({ at }) => at <= now());
	if (due.length === 0) return;
	state.passwordChanges = state.passwordChanges.filter(({ at }) => at > now());
	for (const { id } of due) {
		const item = state.items.get(id);
		if (item?.kind !== 'credential') continue;
		item.content = randomBytes(12).toString('base64url');
		item.change = timestamp(context);
	}
}

/**
 * DELETE pam/credential/custody/{id}, docs/api/senhasegura.md, "Disabling, enabling, releasing". Sets
 * off the password change of a credential that is configured for it.
 */
export function releaseCustody(call: Call): Answer {
	const { context, caller, id } = call;
	const { now, settings, state } = context;
	const item = pathItem(state, id);
	// The page names no 1010 here.
	if (item?.kind !== 'credential') throw refuse(1007);
	if (item.accessDenied) throw refuse(1009);
	if (!item.active) throw refuse(1008);
	endExpiredCustody(context, item);
	if (!item.custody.delete(caller)) throw refuse(1018);
	if (isOn(item.executionSettings.automatic_change)) {
		state.passwordChanges.push({ id: item.id, at: now() + settings.passwordChangeMs });
	}
	return { status: 200, message: `Credential custody ${item.id} released` };
}
