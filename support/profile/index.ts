export { decisionsOf } from './decisions.ts';
export { builtIn, loadProfile, ownProfiles, type Profile, withDefaults } from './profile.ts';
export { usualVocabulary } from './vocabulary.ts';
