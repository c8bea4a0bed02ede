export { layout } from './layout.ts';
export { Picture, pictureFile } from './picture.ts';
