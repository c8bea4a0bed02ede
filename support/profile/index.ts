export { decisionsOf } from './decisions.ts';
export { builtIn, loadProfile, type Profile } from './profile.ts';
export { usualVocabulary } from './vocabulary.ts';
