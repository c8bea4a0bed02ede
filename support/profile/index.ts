export { decisionsOf } from './decisions.ts';
export { builtIn, loadProfile, ownProfiles, type Profile } from './profile.ts';
export { usualVocabulary } from './vocabulary.ts';
