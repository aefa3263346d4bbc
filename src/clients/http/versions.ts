import type { ServiceName } from '../../core/contracts/index.js';
import { PRODUCTS } from './failures.js';

/** The oldest version of each server that this package was made for: major, minor. */
const OLDEST: Readonly<Record<ServiceName, readonly [number, number]>> = {
  tautulli: [2, 14],
  sonarr: [4, 0],
  sabnzbd: [4, 0],
};

/** The oldest supported version, as people write it: `4`, `2.14`. */
export const oldestSupported = (service: ServiceName): string => {
  const [major, minor] = OLDEST[service];
  return minor === 0 ? `${major}` : `${major}.${minor}`;
};

/**
 * The sentence for an owner of a server that is too old, null for one that is not
 * (nor for a version that cannot be read). `version` as the server writes it: `4.0.19.2979`, `v2.17.2`.
 */
export const versionNotice = (service: ServiceName, version: string): string | null => {
  const [, major, minor = '0'] = /^v?(\d+)(?:\.(\d+))?/.exec(version.trim()) ?? [];
  if (major === undefined) return null;
  const [oldestMajor, oldestMinor] = OLDEST[service];
  const isOlder = Number(major) < oldestMajor || (Number(major) === oldestMajor && Number(minor) < oldestMinor);
  if (!isOlder) return null;
  return `${PRODUCTS[service]} ${version} is older than ${oldestSupported(service)}, the oldest supported version: it is used as far as possible. Update it.`;
};
