import { at, failureText, messages, parts, say, settings } from "./page.js";
import { read } from "../settings/fields.js";

/**
 * A setting that is a list of names: shown, added to, taken from, with a way back.
 *
 * @param {object} o
 * @param {"protectedDomains" | "trustedSenders" | "sitesOff"} o.name
 * @param {string} o.place the id of the element to fill
 * @param {string} [o.label] of the field to add with; none: entries are only taken away
 * @param {(entries: string[]) => Promise<string[]>} [o.check] what the page itself cannot judge
 * @param {(entry: string) => boolean} [o.shown] which entries belong here
 * @returns {(state: SettingsState) => void} shows a state
 */
export function listControl({ name, place, label, check = async (entries) => entries, shown = () => true }) {
  const list = parts.element("ul", "entries");
  const none = parts.element("p", "soft", messages.options_none);
  const told = parts.element("div", "tell");
  const status = parts.element("p", "told");
  status.setAttribute("role", "status");
  told.append(status);
  /** @type {HTMLInputElement | undefined} */
  let field;
  at(place).append(list, none, told);
  if (label) at(place).append(form());

  function form() {
    const made = document.createElement("form");
    made.noValidate = true;
    const caption = document.createElement("label");
    caption.textContent = label ?? "";
    caption.htmlFor = `${place}-new`;
    const input = /** @type {HTMLInputElement} */ (parts.element("input", "text"));
    Object.assign(input, { id: `${place}-new`, type: "text", dir: "ltr", maxLength: 500, autocomplete: "off", spellcheck: false });
    input.setAttribute("autocapitalize", "off");
    const wrong = parts.element("p", "wrong");
    wrong.id = `${place}-wrong`;
    wrong.setAttribute("role", "alert");
    input.setAttribute("aria-describedby", wrong.id);
    const button = /** @type {HTMLButtonElement} */ (parts.element("button", "button", messages.options_add));
    button.type = "submit";
    const row = parts.element("div", "row");
    row.append(input, button);
    made.append(caption, row, wrong);
    made.addEventListener("submit", async (event) => {
      event.preventDefault();
      wrong.textContent = "";
      input.removeAttribute("aria-invalid");
      if (input.value.trim() === "") return input.focus();
      try {
        const [entry] = await check(/** @type {string[]} */ (read(name, [input.value])));
        await change((entries) => [...entries, entry]);
        input.value = "";
        tell("options_added", entry);
      } catch (error) {
        wrong.textContent = failureText(error);
        input.setAttribute("aria-invalid", "true");
      }
      input.focus();
    });
    field = input;
    return made;
  }

  /** @param {(entries: string[]) => string[]} make */
  async function change(make) {
    await settings.write({ [name]: make((await settings.read())[name]) });
  }

  /**
   * @param {string} key
   * @param {string} entry
   * @param {() => void} [undo]
   */
  function tell(key, entry, undo) {
    told.replaceChildren(status);
    status.textContent = say(key, { entry });
    if (!undo) return;
    const back = /** @type {HTMLButtonElement} */ (parts.element("button", "button small", messages.options_undo));
    back.type = "button";
    back.addEventListener("click", undo);
    told.append(back);
    back.focus();
  }

  /** @param {string} entry */
  async function remove(entry) {
    try {
      await change((entries) => entries.filter((other) => other !== entry));
      tell("options_removed", entry, async () => {
        await change((entries) => [...entries, entry]);
        tell("options_added", entry);
        field?.focus();
      });
    } catch (error) {
      status.textContent = failureText(error);
    }
  }

  /** @param {SettingsState} state */
  return ({ value, managed }) => {
    const entries = value[name].filter(shown);
    const given = managed[name] ?? [];
    none.hidden = entries.length > 0 || !label;
    list.hidden = entries.length === 0;
    list.replaceChildren(...entries.map((entry) => {
      const item = document.createElement("li");
      const text = parts.element("bdi", "entry", entry);
      text.dir = "ltr";
      item.append(text);
      if (given.includes(entry)) text.append(parts.element("span", "whose", messages.options_from_organisation));
      else item.append(removeButton(entry, () => remove(entry)));
      return item;
    }));
  };
}

/**
 * @param {string} entry
 * @param {() => void} remove
 */
export function removeButton(entry, remove) {
  const button = /** @type {HTMLButtonElement} */ (parts.element("button", "button small", messages.options_remove_plain));
  button.type = "button";
  button.setAttribute("aria-label", say("options_remove", { entry }));
  button.addEventListener("click", remove);
  return button;
}
