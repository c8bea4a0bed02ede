import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Certificate } from '../../judging/index.ts';
import { called, command, temporaryFolder } from '../../workshop/testing/command.ts';
import { main as reportMain } from '../report.ts';

/** Where the runs of a test file are, each in a folder of its name. */
export const folder = temporaryFolder();
export const inFolder = (name: string, ...path: string[]): string => join(folder, name, ...path);

export const certificateIn = (name: string): Certificate =>
  JSON.parse(readFileSync(inFolder(name, 'certification.json'), 'utf8')) as Certificate;

/** The words after `certify` for a run against the embedded simulator, always with the same amounts. */
export const certifyArgs = (name: string, args: readonly string[]): string[] => [
  ...['--pos', 'headless', '--no-allure', '--seed', 'some-amounts', '--out', inFolder(name), ...args],
];
export const certify = (name: string, ...args: string[]) =>
  command(['certify', ...certifyArgs(name, args)], { cwd: folder });

/** The words after `report` for what is made again of these runs. */
export const reportArgs = (name: string, folders: readonly string[]): string[] => [
  '--no-allure',
  '--out',
  inFolder(name),
  ...folders.map((one) => inFolder(one)),
];
export const report = (name: string, ...folders: string[]) => called(reportMain, reportArgs(name, folders));
