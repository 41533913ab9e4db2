/* global document, getComputedStyle, NodeFilter */

/** What the tests of the report run in the browser: plain JavaScript, as it is loaded into the page. */
globalThis.keyReport = { barsOf, unreadable };

/** The colours of the bars, and how long each is beside the longest. */
function barsOf() {
	const bars = [...document.querySelectorAll('td span[class^="kr-v"]')];
	const widths = bars.map((bar) => bar.getBoundingClientRect().width);
	const longest = Math.max(...widths);
	return bars.map((bar, index) => [
		getComputedStyle(bar).backgroundColor,
		Math.round((100 * widths[index]) / longest),
	]);
}

/** Texts that lack contrast, leave their picture or cell, or lie upon each other. */
function unreadable() {
	return [...unreadableInPicture(), ...unreadableInPage()];
}

function unreadableInPicture() {
	const faults = [];
	const texts = [...document.querySelectorAll('svg text')];
	const grounds = [...document.querySelectorAll('svg rect.panel, svg rect.ground')];
	const boxes = texts.map((element) => element.getBoundingClientRect());
	texts.forEach((element, index) => {
		const box = boxes[index];
		const said = element.textContent;
		const ground = grounds.filter((one) => surrounds(one.getBoundingClientRect(), box)).at(-1);
		if (ground === undefined) {
			faults.push(`leaves the picture: ${said}`);
		} else if (contrast(getComputedStyle(element).fill, getComputedStyle(ground).fill) < 4.5) {
			faults.push(`lacks contrast: ${said}`);
		}
		boxes.slice(index + 1).forEach((other, more) => {
			if (overlap(box, other)) {
				faults.push(`lie upon each other: ${said} | ${texts[index + 1 + more].textContent}`);
			}
		});
	});
	return faults;
}

function surrounds(outer, inner) {
	return (
		outer.left <= inner.left &&
		outer.right >= inner.right &&
		outer.top <= inner.top &&
		outer.bottom >= inner.bottom
	);
}

/** By more than the room that a line has above and below its letters. */
function overlap(one, other) {
	const across = Math.min(one.right, other.right) - Math.max(one.left, other.left);
	const along = Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top);
	return across > 1 && along > 3;
}

function unreadableInPage() {
	const faults = [];
	const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
	while (walker.nextNode()) {
		const element = walker.currentNode.parentElement;
		const said = walker.currentNode.textContent.trim();
		if (said === '' || element.closest('svg, style, script')) continue;
		if (contrast(getComputedStyle(element).color, groundOf(element)) < 4.5) {
			faults.push(`lacks contrast: ${said}`);
		}
		const cell = element.closest('td, th');
		if (cell && cell.scrollWidth > cell.clientWidth + 1) faults.push(`leaves its cell: ${said}`);
	}
	return faults;
}

/** The nearest ground behind an element that can not be seen through. */
function groundOf(element) {
	for (let each = element; each; each = each.parentElement) {
		const { backgroundColor } = getComputedStyle(each);
		const [, , , alpha = 1] = channels(backgroundColor);
		if (alpha === 1) return backgroundColor;
	}
	return 'rgb(255, 255, 255)';
}

function channels(colour) {
	return colour.match(/[\d.]+/g).map(Number);
}

/** WCAG 2.2. */
function contrast(one, other) {
	const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b);
	return (light + 0.05) / (dark + 0.05);
}

function luminance(colour) {
	const [r, g, b] = channels(colour).map((value) => {
		const part = value / 255;
		return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
	});
	return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}
