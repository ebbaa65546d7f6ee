/**
 * A false mail, invented for the first page. Its host is made up; a name reserved
 * for examples would not do, as the detector knows that those lead nowhere.
 * Nothing on the page opens it.
 */
export const sampleOwner = "rkqtzw5.xyz";
export const sampleHost = `www.amazon.co.jp.${sampleOwner}`;

/**
 * @param {Record<string, string>} messages of the catalogue
 * @returns {Message}
 */
export function sample(messages) {
  const [hello, text, link] = ["hello", "text", "link"].map((part) => escaped(messages[`welcome_sample_${part}`]));
  return {
    from: { name: messages.welcome_sample_name, address: `info@${sampleOwner}` },
    subject: messages.welcome_sample_title,
    html: `<p>${hello}</p><p>${text}</p><p><a href="https://${sampleHost}/signin">${link}</a></p>`,
  };
}

/** @param {string} text */
function escaped(text) {
  return text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
}
