import { ambiguityTellings } from '../../ambiguity/stories.ts';
import { contractTellings } from './contract.ts';
import { displayTellings } from './display.ts';
import { enteredTellings } from './entered.ts';
import { intentTellings } from './intents.ts';
import { listTellings } from './list.ts';
import { sessionTellings } from './sessions.ts';
import { stateTellings } from './state.ts';
import type { Telling } from './telling.ts';
import { totalTellings } from './total.ts';
import { wireTellings } from './wire.ts';

/** Every story by the id of the check that judges it. */
export const tellings: ReadonlyMap<string, readonly Telling[]> = new Map(
  [
    enteredTellings,
    sessionTellings,
    wireTellings,
    stateTellings,
    displayTellings,
    contractTellings,
    intentTellings,
    ambiguityTellings,
    listTellings,
    totalTellings,
  ].flatMap((group) => Object.entries(group)),
);
