import { instant, ok } from './answers.js';
import type { Route } from './routes.js';

const GB = 1e9;
const TOTAL = 4000 * GB;

export const systemRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/system/status',
    answer: ({ sonarr }) =>
      ok({
        appName: 'Sonarr',
        instanceName: 'Sonarr',
        version: sonarr.version,
        buildTime: '2026-06-01T12:00:00Z',
        isDebug: false,
        isProduction: true,
        isAdmin: false,
        isUserInteractive: false,
        startupPath: '/app',
        appData: '/config',
        osName: 'debian',
        osVersion: '12',
        isNetCore: true,
        isLinux: true,
        isOsx: false,
        isWindows: false,
        isDocker: true,
        isContainerized: true,
        mode: 'console',
        branch: 'main',
        authentication: sonarr.options.authentication ?? 'external',
        migrationVersion: 230,
        urlBase: sonarr.world.sonarr?.urlBase ?? '',
        runtimeVersion: '10.0.12',
        runtimeName: '.NET',
        startTime: instant(sonarr.timeline.start),
        packageUpdateMechanism: 'docker',
        databaseVersion: '3.50.4',
        databaseType: 'sqLite',
      }),
  },
  { method: 'GET', path: '/health', answer: ({ sonarr }) => ok(sonarr.health()) },
  {
    method: 'GET',
    path: '/diskspace',
    answer: ({ sonarr }) => ok([{ path: '/', label: '', freeSpace: sonarr.freeSpace, totalSpace: TOTAL }]),
  },
  {
    method: 'GET',
    path: '/rootfolder',
    answer: ({ sonarr }) => {
      const stray = { name: 'Old Recordings', path: '/tv/Old Recordings', relativePath: 'Old Recordings' };
      const space = { freeSpace: sonarr.freeSpace, totalSpace: TOTAL };
      return ok([{ path: '/tv', accessible: true, ...space, unmappedFolders: [stray], id: 1 }]);
    },
  },
  {
    method: 'GET',
    path: '/tag',
    answer: ({ sonarr }) => ok(sonarr.store.tags.map((label, i) => ({ label, id: i + 1 }))),
  },
  {
    method: 'GET',
    path: '/tag/detail',
    answer: ({ sonarr }) =>
      ok(
        sonarr.store.tags.map((label, i) => ({
          label,
          delayProfileIds: [],
          importListIds: [],
          notificationIds: [],
          restrictionIds: [],
          excludedReleaseProfileIds: [],
          indexerIds: [],
          downloadClientIds: [],
          autoTagIds: [],
          seriesIds: sonarr.store.series.filter((s) => s.tags.includes(label)).map((s) => s.id),
          id: i + 1,
        })),
      ),
  },
];
