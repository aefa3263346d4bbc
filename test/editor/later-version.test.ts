import { beforeEach, describe, expect, it } from 'vitest';
import { FORM_VERSION } from '../../src/core/forms/index.js';
import { laterVersion } from '../../src/editor/later-version.js';
import { fakeEditor } from './fake-editor.js';

describe('the form of a node that a later version of the package saved', () => {
  beforeEach(() => fakeEditor());

  it.each([FORM_VERSION + 1, String(FORM_VERSION + 1)])('says so, with both versions (%j)', (configVersion) => {
    expect(laterVersion(configVersion)).toMatch(
      /^This node was saved by a newer version of the package \(settings of version 3; this one knows 2\)\..*lost at the next deploy from this editor/,
    );
    fakeEditor('de');
    expect(laterVersion(configVersion)).toMatch(
      /^Dieser Node wurde von einer neueren Version .*\(Einstellungen der Version 3; diese hier kennt 2\)/,
    );
  });

  it.each([FORM_VERSION, 1, undefined, '', 'new', null, {}])(
    'says nothing of one that it knows (%j)',
    (configVersion) => {
      expect(laterVersion(configVersion)).toBeNull();
    },
  );
});
