import { join } from 'node:path';

/** The folder of this package: both this file and the one in `dist` that it is compiled into are one folder below it. */
export const PACKAGE_ROOT = join(__dirname, '..');
