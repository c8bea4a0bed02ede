/** Every checklist of the kit. Whoever imports this has them defined; nothing else knows which there are. */
import { defineChecklist } from '../checklist/index.ts';
import { ambiguity } from './ambiguity/index.ts';
import { payAtCounter } from './pay-at-counter/index.ts';
import { payAtTable } from './pay-at-table/index.ts';

for (const definition of [payAtCounter, ambiguity, payAtTable]) defineChecklist(definition);
