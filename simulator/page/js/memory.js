// What this browser remembers about the page: the language, the columns, the guide. Nothing of the chats.

const PREFIX = "kartoteka.";

/** A private window may refuse storage: the page then simply forgets. */
export function remember(key, value) {
  try {
    localStorage.setItem(PREFIX + key, JSON.stringify(value));
  } catch {
    return;
  }
}

export function recall(key, otherwise) {
  try {
    const stored = localStorage.getItem(PREFIX + key);
    return stored === null ? otherwise : JSON.parse(stored);
  } catch {
    return otherwise;
  }
}
