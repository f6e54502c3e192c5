/** Images made smaller in the browser, so that a photo leaves a poor line in seconds. */

export const MAX_EDGE = 1920;
const QUALITY = 0.82;
const SMALL_ENOUGH = 300_000;

/** The size that keeps the shape and no edge longer than `edge`. */
export function fit(width: number, height: number, edge = MAX_EDGE): { width: number; height: number } {
  const scale = Math.min(1, edge / Math.max(width, height));
  return { width: Math.round(width * scale), height: Math.round(height * scale) };
}

/** A JPEG of bounded size; the file itself when it is small already, is no photo, or cannot be read. */
export async function compressImage(file: File, edge = MAX_EDGE): Promise<File> {
  if (!/^image\/(jpeg|png|webp|heic|heif)$/.test(file.type) || typeof createImageBitmap !== "function")
    return file;
  let picture: ImageBitmap;
  try {
    picture = await createImageBitmap(file, { imageOrientation: "from-image" });
  } catch {
    return file;
  }
  const target = fit(picture.width, picture.height, edge);
  if (file.size <= SMALL_ENOUGH && target.width === picture.width && file.type === "image/jpeg") return file;
  const canvas = document.createElement("canvas");
  canvas.width = target.width;
  canvas.height = target.height;
  const brush = canvas.getContext("2d");
  if (!brush) return file;
  // transparent places would turn black in a JPEG
  brush.fillStyle = "#fff";
  brush.fillRect(0, 0, target.width, target.height);
  brush.drawImage(picture, 0, 0, target.width, target.height);
  picture.close();
  const blob = await new Promise<Blob | null>((done) => canvas.toBlob(done, "image/jpeg", QUALITY));
  if (!blob || blob.size >= file.size) return file;
  return new File([blob], file.name.replace(/\.\w+$/, "") + ".jpg", { type: "image/jpeg" });
}
