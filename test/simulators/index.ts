export * from './cortexXsiam';
export * from './pam360';
export * from './senhasegura';
export * from './shared';
