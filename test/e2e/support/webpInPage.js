/* global document, Image, ImageDecoder */

/** Chromium's own encoder and decoder of WebP: plain JavaScript, as it is loaded into a page. */
globalThis.webp = { encoded, decoded };

/** A PNG as a WebP without loss; both in Base64. */
async function encoded(png) {
	const image = new Image();
	image.src = `data:image/png;base64,${png}`;
	await image.decode();
	const canvas = canvasOf(image.width, image.height);
	canvas.getContext('2d', { alpha: false }).drawImage(image, 0, 0);
	// The highest quality is the one without loss.
	return dataOf(canvas.toDataURL('image/webp', 1));
}

/** What an animation in Base64 shows: each picture as a PNG in Base64, and for how many milliseconds. */
async function decoded(animation) {
	const data = Uint8Array.from(atob(animation), (letter) => letter.charCodeAt(0));
	const decoder = new ImageDecoder({ data, type: 'image/webp' });
	await Promise.all([decoder.tracks.ready, decoder.completed]);
	const pictures = [];
	for (let frameIndex = 0; frameIndex < decoder.tracks.selectedTrack.frameCount; frameIndex += 1) {
		const { image } = await decoder.decode({ frameIndex });
		const canvas = canvasOf(image.displayWidth, image.displayHeight);
		canvas.getContext('2d', { alpha: false }).drawImage(image, 0, 0);
		pictures.push({ png: dataOf(canvas.toDataURL('image/png')), ms: image.duration / 1000 });
		image.close();
	}
	return pictures;
}

function canvasOf(width, height) {
	return Object.assign(document.createElement('canvas'), { width, height });
}

function dataOf(url) {
	return url.slice(url.indexOf(',') + 1);
}
