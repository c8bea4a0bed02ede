/** Every way in which the kit reaches a POS. Whoever imports this has them defined; nothing else knows which there are. */
import { attended } from './attended/kind.ts';
import { browser } from './browser/kind.ts';
import { command } from './command/kind.ts';
import { headless } from './headless/kind.ts';
import { http } from './http/kind.ts';
import { defineDriver } from './kind.ts';

defineDriver(headless);
defineDriver(browser);
defineDriver(command);
defineDriver(http);
defineDriver(attended);
