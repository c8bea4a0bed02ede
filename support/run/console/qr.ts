import qrcode from 'qrcode-generator';

/** A link as a QR code, as the library draws it. */
function codeOf(link: string) {
  const code = qrcode(0, 'M');
  code.addData(link);
  code.make();
  return code;
}

/** A link as a QR code in letters, for a terminal. */
export const inTerminal = (link: string): string => codeOf(link).createASCII(1, 2);

/** A link as a QR code, as the address of a picture. */
export const asPicture = (link: string): string =>
  `data:image/svg+xml;base64,${Buffer.from(codeOf(link).createSvgTag({ cellSize: 4, margin: 16 })).toString('base64')}`;
