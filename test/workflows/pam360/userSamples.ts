/** The parameters of a user to be made, a person or a program. */
export const newUser = {
	userName: 'jdoe',
	firstName: 'Jane',
	lastName: 'Doe',
	email: 'jdoe@example.com, jane@home.example',
	roles: 'Password User, Auditor',
	active: true,
};

export const apiUser = {
	userName: 'n8n',
	firstName: 'n8n',
	lastName: 'Robot',
	email: 'n8n@example.com',
};
