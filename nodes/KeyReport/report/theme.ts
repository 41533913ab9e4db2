/** Colours of page and picture, for light and dark surroundings. Each text reaches 4.5:1 on its ground. */
export interface Theme {
	ground: string;
	panel: string;
	line: string;
	text: string;
	quiet: string;
	warning: string;
	/** Behind the names of risks, for the gravest and for the others. */
	grave: string;
	graveText: string;
	mild: string;
	mildText: string;
	/** Of vendors, told apart also by those who see red and green alike (after Okabe and Ito). */
	vendors: string[];
}

export const LIGHT: Theme = {
	ground: '#f4f5f7',
	panel: '#ffffff',
	line: '#d9dce3',
	text: '#1c2230',
	quiet: '#596174',
	warning: '#8a4b00',
	grave: '#fbe3e1',
	graveText: '#93211a',
	mild: '#fdf0d5',
	mildText: '#7a4700',
	vendors: ['#0072b2', '#d55e00', '#009e73', '#aa4499', '#b58900', '#56779c'],
};

export const DARK: Theme = {
	ground: '#14171d',
	panel: '#1e232c',
	line: '#3a4150',
	text: '#eceff4',
	quiet: '#a9b2c3',
	warning: '#f2b66d',
	grave: '#5a2320',
	graveText: '#ffd0cb',
	mild: '#4b3a14',
	mildText: '#ffe0a3',
	vendors: ['#56b4e9', '#f08c4a', '#3fc99b', '#d98ad0', '#f0d24a', '#a5b8d0'],
};

/** Further vendors than there are colours begin anew. */
export function colourOf({ vendors }: Theme, vendor: number): string {
	return vendors[vendor % vendors.length] as string;
}
