import type { Unions } from './shape.js';

/** Routes and states that this project neither uses nor meets, each with the reason why the stand-in leaves them out. */
export const OUT_OF_SCOPE: readonly (readonly [RegExp, string])[] = [
  [/^add_history_duplicate_/, 'addlocalfile and the duplicate check: jobs come from Sonarr by addfile'],
  [/^addlocalfile_|^err_addlocalfile_/, 'addlocalfile: jobs come from Sonarr by addfile'],
  [/^addurl_|^err_addurl_|_external_addurl$/, 'addurl: jobs come from Sonarr by addfile'],
  [/_xml$/, 'output=xml: JSON is what we ask for'],
  [/^(change_|rename|sort_)/, 'changes of category, name, options and sort: never sent by us'],
  [/^(speedlimit|set_pause|server_stats|set_config|unblock_server|warnings$|get_scripts|get_files)/, 'never called'],
  [/_get_config$|^get_cats$/, 'configuration: never called'],
  [/^(fullstatus|status)_/, 'never called: it returns the key in clear'],
  [/^(root_page|basic_set_root|login_set_root|urlbase_set_)$/, 'pages of the web interface'],
  [/^hostname_http10_no_host$/, "HTTP without Host: refused by Node's own server, with 400 as well"],
  [/^queue_paused_5min$/, 'a timed pause'],
  [/^queue_search_grabbing$|^priority_force_grabbing_job$/, 'a job that is being fetched by addurl'],
  [/^history_last_update_unchanged$/, 'replayed in sabnzbd-model.test.ts: the number is a state of that server'],
];

/** Why a recording is left out; undefined: it is replayed. */
export const reasonOut = (name: string): string | undefined =>
  OUT_OF_SCOPE.find(([pattern]) => pattern.test(name))?.[1];

/** Fields whose type varies in the recordings. */
export const UNIONS: Unions = {
  priority: ['string', 'number'],
  direct_unpack: ['null', 'string'],
  url: ['null', 'string'],
  md5sum: ['null', 'string'],
  completeness: ['null', 'number'],
  meta: ['null'],
  password: ['null', 'string'],
  series: ['null', 'string'],
};
