export { choosePack, releasesFor, type EpisodeReleases, type PackWanted, type ReleaseSettings } from './choose.js';
export { explainRejections } from './explain.js';
