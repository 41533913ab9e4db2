/** Whom an entry of MySafe is shared with, as the vault says of one that was stored. */
export const sharedWith = {
	users_allowed: [
		{ username: 'joao', can_edit: true },
		{ username: 'maria', can_edit: false },
	],
	groups_allowed: [{ name: 'DBA', can_edit: true }],
};

/** The same in an item. */
export const sharing = {
	usersWhoCanEdit: ['joao'],
	usersWhoCanView: ['maria'],
	groupsWhoCanEdit: ['DBA'],
	groupsWhoCanView: [],
};
