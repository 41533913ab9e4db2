/** The shapes are the vendor's (41 and 32 hex digits); the values open nothing. */
export const senhaseguraDemo = {
	clientId: 'demo0client0id0demo0client0id0demo0client',
	clientSecret: 'demo0client0secret0demo0client00',
	consumerKey: 'demo0consumer0key0demo0consumer0key0demo0',
	consumerSecret: 'demo0consumer0secret0demo0consum',
	token: 'demo0token0demo0token0demo0token0demo0tok',
	tokenSecret: 'demo0token0secret0demo0token0sec',
	/** MySafe has access keys of its own; these open nothing else. */
	mySafeClientId: 'demo0mysafe0id0demo0mysafe0id0demo0mysafe',
	mySafeClientSecret: 'demo0mysafe0secret0demo0mysafe00',
	tenant: 'senhasegura',
	/** Devices that are registered from the start. */
	devices: [
		{ hostname: 'w2016', ip: '10.66.33.15' },
		{ hostname: 'API device test', ip: '10.66.33.20' },
		{ hostname: 'linux-01', ip: '10.66.33.31' },
	],
} as const;
