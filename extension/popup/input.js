/**
 * What to check of what a person typed, pasted or dropped: of a mail address the
 * place behind the @, of several lines the first that is an address.
 *
 * @param {string} given
 * @returns {{ url: string, mail: boolean }} url is empty for nothing
 */
export function addressIn(given) {
  const line = given.split(/\r?\n/).map((part) => part.trim()).find((part) => part !== "" && !part.startsWith("#")) ?? "";
  const mail = /^(?:mailto:)?[^\s@/:?#]+@([^\s@/:?#]+)(?:\?.*)?$/i.exec(line.replace(/^.*<([^<>]+)>$/, "$1"));
  return mail ? { url: mail[1], mail: true } : { url: line, mail: false };
}

/**
 * What was dropped: a link's address before its words.
 *
 * @param {Pick<DataTransfer, "getData">} data
 */
export function dropped(data) {
  return data.getData("text/uri-list") || data.getData("text/plain");
}
