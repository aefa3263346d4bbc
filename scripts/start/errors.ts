/** The program was called in a wrong way: exit code 2. */
export class UsageError extends Error {}

/** It cannot start or run, and the sentence says all: exit code 1. */
export class StartError extends Error {}
