export { type Course, courses } from './course.ts';
export { layout } from './layout.ts';
export { Picture, pictureFile } from './picture.ts';
