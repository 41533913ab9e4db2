export { untilThereAre } from './gate';
export type { Gate, Gatekeeper, Parked, Refused, Verdict } from './gate';
export type { Concurrency, Outcome, RecordedRequest } from './requestLog';
export type { CommonSettings, Simulator, StartOptions } from './simulator';
export { createClientIdentity, serverIdentity, type TlsIdentity } from './tls';
export type { Trouble, TroubleHandle, TroubleKind, TroubleList, TroubleMatch } from './trouble';
