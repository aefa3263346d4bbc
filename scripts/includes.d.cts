/** A form with the rows that it shares with others, each in the place of its `<!-- include src/editor/… -->`. */
export declare const withIncludes: (html: string) => string;
