/** The "Up next" sidebar. */
export {};
