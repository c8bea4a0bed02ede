/** A picture of a display, as a driver takes it: the whole, and the part that says what it says, where there is one. */
export interface Picture {
  readonly bytes: Uint8Array;
  readonly crop?: Uint8Array;
  /** The row in which the same photo was given before; left out where it is a new one. */
  readonly usedIn?: string;
}

/** What pictures are recorded as. */
export type PictureType = 'image/png' | 'image/jpeg';

const begins: Readonly<Record<PictureType, readonly number[]>> = {
  'image/png': [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a],
  'image/jpeg': [0xff, 0xd8, 0xff],
};

/** What kind of picture bytes are, by how they begin; `null` where they are none that is recorded. */
export const pictureType = (bytes: Uint8Array): PictureType | null =>
  (Object.keys(begins) as PictureType[]).find((type) =>
    begins[type].every((byte, index) => bytes[index] === byte),
  ) ?? null;

/** Whether an attachment of this media type is a picture of a display. */
export const isPicture = (mediaType: string | undefined): mediaType is PictureType =>
  mediaType !== undefined && Object.hasOwn(begins, mediaType);

/** How a file with a picture of this type ends. */
export const endingOf = (type: PictureType): string => (type === 'image/png' ? 'png' : 'jpg');

/** What the crop of a picture is called. */
export const cropOf = (name: string): string => name.replace(/(\.\w+)?$/, '-crop$1');
