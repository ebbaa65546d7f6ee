/**
 * The senders that a person called fine. It makes their cautions quiet and
 * nothing else: anybody can write any sender, so a danger is always told.
 */
import { sender as spell } from "../settings/fields.js";
import { isUnder } from "../view/host.js";

/** @import { Settings } from "../settings/settings.js" */

/**
 * What is known of a mail's sender.
 *
 * @param {string | undefined} address as the page shows it
 * @param {string[]} trusted addresses and domains, as the settings spell them
 * @param {string[]} own those that the person can take back
 * @returns {Sender | undefined} none where the page shows no address
 */
export function senderOf(address, trusted, own) {
  const spelled = spelling(address);
  if (!spelled) return undefined;
  const host = spelled.slice(spelled.indexOf("@") + 1);
  return {
    address: spelled,
    trusted: trusted.some((entry) => (entry.includes("@") ? entry === spelled : isUnder(host, entry))),
    own: own.includes(spelled),
  };
}

/**
 * Calls a sender fine, or takes that back.
 *
 * @param {Pick<Settings, "own" | "write">} settings
 * @param {string} address
 * @param {boolean} trusted
 * @returns {Promise<void>} rejects where the administrator keeps the list
 */
export async function trust(settings, address, trusted) {
  const spelled = spelling(address);
  if (!spelled) throw new Error(`senders: ${JSON.stringify(address)} is no address`);
  const { trustedSenders = [] } = await settings.own();
  const others = trustedSenders.filter((entry) => entry !== spelled);
  await settings.write({ trustedSenders: trusted ? [...others, spelled] : others });
}

/** @param {string | undefined} address */
function spelling(address) {
  if (!address?.includes("@")) return undefined;
  try {
    // A lone "@shop.example" is spelled as the domain that it means.
    const spelled = spell(address, "trustedSenders");
    return spelled.includes("@") ? spelled : undefined;
  } catch {
    return undefined;
  }
}
