import { collection, entries, group, kind } from '../../../shared/param';
import { checkConnecting, connecting } from './connecting';
import { filled, text, toggle, unlessEmpty } from './setting';

/** The keys of the API have spaces in them. */
const protocol = <const Wire extends string>(wire: Wire, name: string) =>
	toggle(wire, wire, name, `Whether the credential opens sessions by ${wire}`);

const restriction = toggle(
	'restrict_access_to_remote_application',
	'Restrict Access to Remote Application',
	'restrictToRemoteApplication',
	'Whether sessions are limited to the remote applications of the macros',
);

const macros = entries(
	{
		displayName: 'Macros',
		name: 'macros',
		placeholder: 'Add Macro',
		description: 'Remote applications that the session offers',
	},
	{
		macro: kind(
			'Macro',
			text('remote_app', 'Remote Application', 'remoteApp', {
				description: 'The remote application, as the vault calls it',
			}),
			text('connectivity', 'Connectivity', 'connectivity', {
				description: 'The protocol that it is reached by',
				placeholder: 'e.g. RDP',
			}),
		),
	},
	filled,
);

/** How people reach the device by the vault (docs/api/senhasegura.md, "Storing a credential"). */
export const sessionSettings = collection('Session Settings', 'sessionSettings', 'Add Setting', [
	group(
		protocol('SSH', 'ssh'),
		protocol('Telnet', 'telnet'),
		protocol('MySQL', 'mysql'),
		protocol('SQL Server', 'sqlServer'),
		protocol('HTTP', 'http'),
		protocol('HTTPS', 'https'),
		protocol('RDP', 'rdp'),
		protocol('X11 Forward', 'x11Forward'),
		protocol('VNC', 'vnc'),
		restriction,
		macros,
		connecting,
	).check(checkConnecting),
]).as(({ sessionSettings: given }) => ({ session_settings: unlessEmpty(given) }));
