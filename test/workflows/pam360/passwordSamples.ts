import { byName, lookUp as lookUpOf } from './accountSamples';

export const names = { resourceId: byName('rack/7 ü+'), accountId: byName('svc a&b=c#') };

export const lookUp = lookUpOf('RESOURCENAME=rack%2F7%20%C3%BC%2B&ACCOUNTNAME=svc%20a%26b%3Dc%23');
