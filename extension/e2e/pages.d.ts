/** What the pages of testdata/webmail give the tests to act by. */
declare var mailbox: { acts: { go(folder: string, thread: string): void; redraw(): void } };
