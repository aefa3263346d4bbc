import { EventEmitter, once } from 'node:events';
import { describe, expect, it } from 'vitest';
import { LocalServer } from '../clients/support/server.js';
import { startSandbox } from '../sandbox/index.js';
import { Editor, specOf } from './editor.js';

const spec = (url: string, more: object = {}) => ({ type: 'plex-jit-sonarr', url, apiKey: 'key-1', ...more });

describe('the routes of the forms', () => {
  it('are registered once, with the permission to write, however often that is asked', async () => {
    await using editor = await Editor.start([], {}, { times: 3 });
    expect(editor.permissions).toEqual(['plex-jit.write', 'plex-jit.write']);
  });

  it('are there again for an editor that starts anew in the same process', async () => {
    await using sandbox = await startSandbox('test/sandbox/worlds/household.json');
    for (let i = 0; i < 2; i += 1) {
      await using editor = await Editor.start();
      expect((await editor.test(specOf('sonarr', sandbox))).body.ok).toBe(true);
    }
  });

  it.each([
    ['no object', '[]', 400],
    ['a type that is none of ours', { type: 'mqtt-broker', url: 'http://x' }, 400],
    ['a URL that is no text', { type: 'plex-jit-sonarr', url: { a: 1 } }, 400],
    ['a URL without end', { type: 'plex-jit-sonarr', url: `http://x/${'a'.repeat(5000)}` }, 400],
    ['a body without end', { type: 'plex-jit-sonarr', url: 'http://x', more: 'a'.repeat(70_000) }, 413],
  ])('refuse %s', async (_what, body, status) => {
    await using editor = await Editor.start();
    const response = await fetch(`${editor.url}/plex-jit/test`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    });
    expect(response.status).toBe(status);
    expect(await response.text()).not.toMatch(/\bat .*\.(ts|js):\d+/);
  });

  it('refuse what a web page elsewhere could send', async () => {
    await using server = await LocalServer.start('');
    await using editor = await Editor.start();
    for (const type of ['text/plain', 'application/x-www-form-urlencoded']) {
      const body =
        type === 'text/plain' ? JSON.stringify(spec(server.url)) : new URLSearchParams(spec(server.url)).toString();
      const response = await fetch(`${editor.url}/plex-jit/test`, {
        method: 'POST',
        headers: { 'content-type': type },
        body,
      });
      expect(response.status).toBe(400);
      expect(await response.json()).toEqual({ error: 'The request must be JSON.' });
    }
    expect(server.received).toEqual([]);
  });

  it.each(['test', 'list'])('end the request of a %s when the editor has gone', async (route) => {
    await using server = await LocalServer.start('');
    const seen = new EventEmitter();
    const arrived = once(seen, 'arrived');
    const closed = once(seen, 'closed');
    server.behave = (_seen, { response }) => {
      response.once('close', () => seen.emit('closed'));
      seen.emit('arrived');
      return null;
    };
    await using editor = await Editor.start();
    const leave = new AbortController();
    const asking = editor.post(`plex-jit/${route}`, spec(server.url, { kind: 'tags' }), leave.signal);
    await arrived;
    leave.abort();
    await expect(asking).rejects.toThrow(/abort/i);
    await closed;
    expect(server.received).toHaveLength(1);
  });

  it('take no longer than the time-out for all requests together', async () => {
    await using sandbox = await startSandbox('test/sandbox/worlds/household.json');
    sandbox.servers.sonarr.addFault({ kind: 'slow', seconds: 1.2 });
    await using editor = await Editor.start();
    // Each request by itself would come in time.
    const { body } = await editor.test(specOf('sonarr', sandbox, { timeout: '2' }));
    expect(body).toMatchObject({ ok: false, version: '5.0.0.1204' });
    expect(body.findings[0]).toMatchObject({ code: 'timeout', params: { detail: '2 s' } });
  });
});
