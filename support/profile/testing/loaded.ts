import '../../checklists/index.ts';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after } from 'node:test';
import { temporaryFolder } from '../../record/disk/temporary.ts';
import { loadProfile } from '../index.ts';

export const folder = temporaryFolder('profiles');

export const file = join(folder, 'till.yaml');

export function loaded(...lines: string[]) {
  writeFileSync(file, lines.join('\n'));
  return loadProfile(file);
}

export const head = ['name: My till', 'version: 1.2.3', "apiVersion: '2026-02-27'"];

export const headless = ['driver:', '  kind: headless'];

export const browser = [
  'driver:',
  '  kind: browser',
  '  url: http://127.0.0.1:8080',
  '  display: { outcome: "#o", prompt: "#p", notice: "#n", dialogue: "[role=dialog]" }',
  '  actions:',
  '    configure: [{ goto: / }]',
  '    sale: [{ click: "#charge" }]',
];

export const program = ['driver:', '  kind: command', '  command: [python3, driver.py]'];

export const screen = [
  '  see:',
  '    display: { outcome: "#o", prompt: "#p", notice: "#n", dialogue: "[role=dialog]" }',
];

after(() => rmSync(folder, { recursive: true }));
