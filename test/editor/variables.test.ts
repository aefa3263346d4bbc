import { afterEach, expect, it, vi } from 'vitest';
import { trimVariables } from '../../src/editor/fields/variables.js';

afterEach(() => vi.unstubAllGlobals());

it('a variable is saved without the spaces beside it, which Node-RED would not put in; all else as it was typed', () => {
  const fields = [
    { id: 'node-config-input-url', value: ' ${SONARR_URL} ' },
    { id: 'node-config-input-apiKey', value: '$(SONARR_API_KEY)\t' },
    { id: 'node-config-input-password', value: ' secret ' },
    { id: 'node-input-name', value: ' ${NAME} ' },
  ];
  vi.stubGlobal('document', { querySelectorAll: () => fields });
  trimVariables('node-config-input');
  expect(fields.map(({ value }) => value)).toEqual(['${SONARR_URL}', '$(SONARR_API_KEY)', ' secret ', ' ${NAME} ']);
});
